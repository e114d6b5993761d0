// complete for: definition, call, import, type, parameter, assignment, attribute, macro
#include <stdio.h>
#include "shelf.h"
//        ^ import.module
//              ^ import.module
#define MAX 10
//      ^ definition.macro
#define ADD(a, b) ((a) + (b))
//      ^ definition.macro
//          ^ parameter
//             ^ parameter
#ifdef DEBUG
//     ^ macro
#elif defined(NDEBUG)
//            ^ macro
#endif
typedef struct shelf { int rows; struct shelf *next, **all; char name[10], *p[2], t[1][2]; int (*fn)(int q); } shelf_t, *shelf_p;
//             ^ definition.struct      ^ type ^ definition.field           ^ definition.field   ^ definition.field      ^ definition.type
//                         ^ definition.field          ^ definition.field         ^ definition.field     ^ parameter
//                                                               ^ definition.field                            ^ definition.type
typedef int (*handler)(int a, char *b);
//            ^ definition.type     ^ parameter
//                         ^ parameter
typedef int plain(void), (bracketed)(int);
//          ^ definition.type
//                        ^ definition.type
typedef char line[80];
//           ^ definition.type
union u { int a; };
//    ^ definition.union
//            ^ definition.field
enum color { RED, GREEN = 2L };
//   ^ definition.enum
//           ^ definition.variant
//                ^ definition.variant
struct shelf;
//     ^ type
extern int count, *ptr, grid[2][3], *list[3], **deep, **many[2];
//         ^ definition.variable     ^ definition.variable
//                 ^ definition.variable        ^ definition.variable
//                      ^ definition.variable           ^ definition.variable
static const char *names[] = { "open" }, *first = "a", field[] = "b", **two = 0, *tab[1][2];
//                 ^ definition.variable  ^ definition.variable         ^ definition.variable
//                                                     ^ definition.variable
int table[2][2] = {0}, one = 1, **vec[] = {0};
//  ^ definition.variable         ^ definition.variable
//                     ^ definition.variable
int add(struct shelf *s, int n, int argv[], char **all, char *each[]);
//  ^ definition.prototype   ^ parameter           ^ parameter
//             ^ type ^ parameter   ^ parameter               ^ parameter
char *dup(int f(int), int (*g)(int)), **dups(void);
//    ^ definition.prototype            ^ definition.prototype
//            ^ parameter   ^ parameter
int (*fp)(int) = add, (*later)(int);
//    ^ definition.variable
//                      ^ definition.variable
static inline char *open_it(const char *path) {
//                  ^ definition.function
//                                      ^ parameter
  int i = 0, *j, k[3];
//    ^ assignment
//            ^ assignment
//               ^ assignment
  struct point p = { .x = 1 };
//       ^ type       ^ attribute.initializer
//             ^ assignment
  i = add(&p, MAX);
//^ assignment
//    ^ call
  s->rows = 1; s->next->rows++; k[0] = 1; *j = 1;
//   ^ assignment.attribute                ^ assignment
//                ^ attribute
//                      ^ assignment.attribute
  s->fn(1); (*fp)(2); (fn)(1); (s->fn)(3); (*s->fn)(4);
//   ^ call.method     ^ call      ^ call.method
//            ^ call                            ^ call.method
  for (int m = 0; m < 1; m++) goto done;
//         ^ assignment  ^ assignment
//                                 ^ reference.label
  x = (shelf_t *) malloc(sizeof(int)); // open
//^ assignment    ^ call
//     ^ type
done:
//^ reference.label
  return NULL;
}
char **opened(void) { return 0; }
//     ^ definition.function
static int next(int n) { return ADD(n, 2); }
//         ^ definition.function
//                  ^ parameter ^ call
void (*signal_of(int sig))(int) { return 0; }
//     ^ definition.function
//                   ^ parameter
