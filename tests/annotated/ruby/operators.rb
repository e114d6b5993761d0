# complete for: definition, call
class Total
#     ^ definition.class
  def +(other) = other
  #     ^ parameter  ^ reference
  def [](index)
    @rows[index]
  end
  def self.===(other) = true
  def sum = 1
  #   ^ definition.method
  alias_method :total, :sum
# ^ call        ^ definition.method
  #                     ^ string
end
