# complete for: definition, assignment, call, parameter
# Tabs, form feeds, semicolons, continued lines, and names outside ASCII.
import os; größe = 1; ñandú, 変数 = 2, 3
#          ^ definition.variable
#                     ^ definition.variable
#                            ^ definition.variable

class Café:
#     ^ definition.class
	étage = größe
	# ^ definition.field

	def öffnen(self, tür=None):
	#   ^ definition.method
	#          ^ parameter
	#                ^ parameter
		self.tür = tür; tür.öffnen(self)
		#    ^ assignment.attribute
		#                   ^ call.method
		if tür:
		        naïve = größe
		        # ^ assignment
		return ñandú

def straße(): return "größe"; x = 1
#   ^ definition.function     ^ assignment
if os: wenn = 1; straße()
#      ^ definition.variable
#                ^ call
größe + \
    straße()
    # ^ call
table[größe, \
    ñandú], dann = 1, 2
    #       ^ definition.variable
