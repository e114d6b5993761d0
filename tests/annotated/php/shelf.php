#!/usr/bin/env php // complete for: definition, call, import, type, parameter, assignment, attribute
<?php
namespace Books\Shelf;
//              ^ definition.namespace
use Lib\Base;
//  ^ import
//      ^ import.name
use Lib\{One, Two as Deux};
//  ^ import  ^ import.name
//       ^ import.name
//                   ^ import.alias
use function Lib\open_it;
//           ^ import
//               ^ import.name
require_once 'once/open.php'; require 'need.php'; include 'inc.php'; include_once 'inc1.php';
//            ^ import  ^ import       ^ import            ^ import                ^ import
//                 ^ import                 ^ import           ^ import                 ^ import
const MAX = 1e6;
//    ^ definition.constant
#[Attr(1), \Lib\Api]
//^ decorator   ^ decorator
abstract class Shelf extends Base implements Store, \Lib\Reader {
//             ^ definition.class            ^ type.implemented
//                           ^ type.base                 ^ type.implemented
  use Countable, \Lib\Other;
//    ^ type.trait    ^ type.trait
  const A = 1;
//      ^ definition.constant
  private static ?int $count = 0;
//                     ^ definition.field
  public function __construct(private int $size, string ...$names) { parent::__construct($size); }
//                ^ definition.method      ^ definition.field                ^ call.path
//                                                          ^ parameter
  abstract public function add(Book $book, \Lib\Row &$ref = null): ?string;
//                         ^ definition.method  ^ type
//                             ^ type                 ^ parameter
//                                   ^ parameter
  public static function make(): static { return new static(1); }
//                       ^ definition.method         ^ call.constructor
//                               ^ type
  function fill() {
//         ^ definition.method
    $n = 1; $this->name = "a {$n} $n open"; $n++; $n += 1; self::$count = self::$other; $this->count++;
//   ^ assignment  ^ assignment.attribute    ^ assignment         ^ assignment.attribute       ^ assignment.attribute
//                                                 ^ assignment                  ^ attribute
    foreach ($this->rows as $k => $row) { $row->open()->close(); } foreach ($rows as $one) {}
//                  ^ attribute    ^ assignment ^ call.method                         ^ assignment
//                           ^ assignment               ^ call.method
    open_it(1); \Lib\call(2); Shelf::make(); \Lib\Shelf::of(); new Thing(1); new \Lib\Box; Shelf::A; \Lib\B::C; $obj?->safe(1); $obj?->title;
//  ^ call           ^ call   ^ type ^ call.path  ^ type ^ call.path                  ^ call.constructor  ^ type       ^ call.method   ^ attribute
//                                                                 ^ call.constructor      ^ type ^ attribute
//                                                                                                           ^ attribute
    try { } catch (Bad | Other $e) { throw new Bad($e); }
//                 ^ type       ^ parameter    ^ call.constructor
//                       ^ type
    $f = function (int $x) use ($n) { return $x; }; $g = fn($y) => $y; [$a, $b] = $list; $f(1);
//   ^ assignment       ^ parameter                  ^ assignment        ^ assignment     ^ call
//                                                           ^ parameter     ^ assignment
    if ($o instanceof Book) {} elseif ($o instanceof \Lib\Book) {} static $st = 1;
//                    ^ type                              ^ type           ^ assignment
    goto end; end:
//       ^ reference.label
//            ^ reference.label
  }
}
interface Store extends First, \Lib\Second { function open(string $path); }
//        ^ definition.interface    ^ type.base       ^ definition.method
//                      ^ type.base                                ^ parameter
trait Countable { function count() {} }
//    ^ definition.trait   ^ definition.method
enum Color: string { case Red = 'r'; }
//   ^ definition.enum    ^ definition.variant
function top($a): int { return top($a); }
//       ^ definition.function ^ call
//            ^ parameter
$global = 1; // open
//^ definition.variable
$here = <<<EOT
//^ definition.variable
open $n
EOT;
?>
<b>open</b>
