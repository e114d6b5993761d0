// complete for: definition
struct Total {
//     ^ definition.struct
  Total operator+(const Total &other) const;
  //    ^ keyword
  Total &operator+=(const Total &other);
  Total *operator->();
  bool operator==(const Total &other) const { return sum == other.sum; }
  Total &operator++() { sum++; return *this; }
  explicit operator bool() const;
  //                ^ definition.operator
  operator int() const { return sum; }
  //       ^ definition.operator
  int sum;
  //  ^ definition.field
};
Total operator-(const Total &a, const Total &b);
//    ^ keyword
bool operator<(const Total &a, const Total &b) { return a.sum < b.sum; }
Total Total::operator+(const Total &other) const { return other; }
Total &books::Total::operator+=(const Total &other) { return *this; }
Total::operator bool() const { return sum != 0; }
//              ^ definition.operator
