// complete for: definition, call, import, type, parameter, assignment, attribute, macro
namespace books { namespace inner {} }
//        ^ definition.namespace
//                          ^ definition.namespace
namespace a::b { }
//        ^ definition.namespace
//           ^ definition.namespace
namespace fs = std::filesystem;
//        ^ definition.namespace
using namespace std;
//              ^ import.name
using std::vector;
//         ^ import.name
using Id = int;
//    ^ definition.type
template <typename T, int N = 3, class... Ts, class U = int> class Shelf : public Base<T>, lib::Other, Plain, lib::Box<T> {
//                 ^ parameter.type       ^ parameter.type         ^ definition.class  ^ type   ^ type.base        ^ type.base
//                        ^ parameter               ^ parameter.type              ^ type.base          ^ type.base     ^ type
public:
  Shelf(int size) : rows_(size), Base<T>(1) {}
//^ definition.constructor       ^ attribute.initializer
//          ^ parameter               ^ type
//                  ^ attribute.initializer
  explicit Shelf(const Shelf &other);
//         ^ definition.constructor
//                     ^ type ^ parameter
  virtual ~Shelf();
//         ^ definition.method
  Shelf &operator=(const Shelf &o);
//^ type                 ^ type ^ parameter
  void add(T book) const override { this->rows_.push_back(book); }
//     ^ definition.method                ^ attribute
//         ^ type                               ^ call.method
//           ^ parameter
  int count() const;
//    ^ definition.method
  int *where(); int &here();
//     ^ definition.method
//                   ^ definition.method
  int *there() { return 0; } int &near() { return ref; }
//     ^ definition.method        ^ definition.method
  static int total;
//           ^ definition.field
  struct Inner { int z; };
//       ^ definition.struct
//                   ^ definition.field
  enum class Color : int { Red };
//           ^ definition.enum
//                         ^ definition.variant
  ~Shelf() {}
// ^ definition.method
  typedef T type;
//        ^ type
//          ^ definition.type
private:
  std::vector<T> rows_;
//     ^ type ^ type
//               ^ definition.field
  int &ref;
//     ^ definition.field
};
template <> class Shelf<int> {};
//                ^ definition.class
template <> struct Box<int> {};
//                 ^ definition.struct
int Shelf<int>::total = 0;
//  ^ type      ^ definition.field
int &alias = one, &unset;
//   ^ definition.variable
//                 ^ definition.variable
template <typename T> void Shelf<T>::drop(int n) { n++; }
//                 ^ parameter.type  ^ definition.method
//                         ^ type             ^ parameter
//                               ^ type            ^ assignment
books::Shelf::~Shelf() {}
//             ^ definition.method
Shelf::~Shelf() {}
//      ^ definition.method
void books::Shelf::fill() {}
//                 ^ definition.method
int *Shelf::ptr() {} int &Shelf::ref_() {}
//          ^ definition.method  ^ definition.method
template <> void Shelf::open<int>() {}
//                      ^ definition.method
int &ref_fn(int &a, int &&b, int c = 1, int *d = 0, int &e = z, auto... rest) {
//   ^ definition.function       ^ parameter ^ parameter ^ parameter    ^ parameter
//               ^ parameter
//                        ^ parameter
  auto x = [&, a](int q) mutable -> int { auto w = R"(open)"; return q; };
//     ^ assignment   ^ parameter              ^ assignment
  for (auto &each : rows) { each.open(); } for (auto one : rows) {}
//           ^ assignment        ^ call.method       ^ assignment
  std::make_unique<Shelf<int>>(1); ns::call(2); make<int>(3); obj.get<int>(); obj->template get<int>();
//     ^ call.path ^ type              ^ call.path                ^ call.method             ^ call.method
//                                              ^ call
  books::Foo::of(1); a::b::c::d(1); a::b::make<int>(2);
//            ^ call.path     ^ call.path ^ call.path
  Shelf<int> s(1), t{2};
//^ type     ^ assignment
//                 ^ assignment
  auto *p = new books::Shelf<int>(3); new Thing(1); new Box<int>(); new lib::Thing();
//      ^ assignment   ^ call.constructor ^ call.constructor                 ^ call.constructor
//                                                      ^ call.constructor
  auto [k, v] = pair;
//      ^ assignment
//         ^ assignment
}
int &proto(int);
//   ^ definition.prototype
template <typename T> concept Big = sizeof(T) > 1;
//                 ^ parameter.type
//                            ^ definition.concept
int run(int n) { return n; }
//  ^ definition.function
//          ^ parameter
