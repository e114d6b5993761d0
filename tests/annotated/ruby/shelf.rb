# complete for: definition, call, import, type, parameter, assignment, attribute
require "json/pure"
#^ call  ^ import
#             ^ import
require_relative 'shelf'
#^ call           ^ import
module Books
#      ^ definition.module
  class Shelf < Base
#       ^ definition.class
#               ^ type.base
    include Comparable
#   ^ call  ^ type
    attr_reader :rows, :name
#   ^ call       ^ definition.field
#                       ^ definition.field
    MAX, Least = 10
#   ^ definition.constant
#        ^ definition.constant
    @@count = 0
#     ^ assignment.attribute
    class << self
      def build(path) = new(path)
#         ^ definition.method
#               ^ parameter
#                       ^ call
      def self.deep=(z); end
#              ^ definition.method
#                    ^ parameter
    end
    class Lib::Error < Lib::StandardError; end
#         ^ type       ^ type
#              ^ definition.class
#                           ^ type.base
    def initialize(size, last = 1, *rest, key: 1, **opts, &block)
#       ^ definition.method         ^ parameter     ^ parameter
#                  ^ parameter            ^ parameter      ^ parameter
#                        ^ parameter
      @rows, n, *more = [], 1e6
#      ^ assignment.attribute
#            ^ assignment
#                ^ assignment
      self.name = size
#          ^ call.method
      @@count += 1
#       ^ assignment.attribute
      self.pages += 1
#          ^ call.method
      $glob = 2
#      ^ assignment
      $glob += 1
#      ^ assignment
      n += 1
#     ^ assignment
    end
    def self.open(path) ; end
#            ^ definition.method
#                 ^ parameter
    def empty?; @rows.empty? end
#       ^ definition.method
#                ^ attribute
#                     ^ call.method
    def name=(v); @name = v; end
#       ^ definition.method
#             ^ parameter
#                  ^ assignment.attribute
    def Upper(a) = a
#       ^ definition.method
#             ^ parameter
    alias foo bar
#         ^ definition.method
    def helper
#       ^ definition.method
      each do |row, (a, b)|
#     ^ call   ^ parameter
#                    ^ parameter
#                       ^ parameter
        row.open().close
#           ^ call.method
#                  ^ call.method
      end
      list.map { |x| x + 1 }
#          ^ call.method
#                 ^ parameter
      ->(z) { z }
#        ^ parameter
      for i in 1..2 do end
#         ^ assignment
      begin; rescue Error => e; raise Bad, "open"; end
#                   ^ type   ^ assignment
#                               ^ call
#                                     ^ type
      Foo::Bar.new(1); Integer("1")
#     ^ type   ^ call.method
#          ^ type      ^ call
      x = "a #{name.open} b"
#     ^ assignment  ^ call.method
      h = { key: 1 }
#     ^ assignment
#           ^ attribute.initializer
      super(1)
#     ^ call.constructor
      @rows += 1; @@all, @b = 1, 2
#      ^ assignment.attribute
#                   ^ assignment.attribute
#                         ^ assignment.attribute
    end
  end
  module Lib::Inner; def self.x; 1 end end
#        ^ type               ^ definition.method
#             ^ definition.module
end
def top; end
#   ^ definition.method
