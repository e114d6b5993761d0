// complete for: definition
public struct Total {
//            ^ definition.struct
  public int this[int index] { get { return index; } }
  //         ^ definition.property
  public static Total operator +(Total a, Total b) => a;
  //                  ^ keyword
  public static implicit operator int(Total total) => 1;
  //                              ^ definition.operator
}
