# complete for: assignment, attribute, call, keyword, reference
def move(command):
# ^ keyword
    match command:
    # ^ keyword ^ reference
        case Point(x=0, y=depth) | Line(start=depth):
        # ^ keyword     ^ reference.keyword-argument
        #    ^ reference  ^ assignment.capture ^ assignment.capture
        #          ^ reference.keyword-argument
        #                          ^ reference
        #                               ^ reference.keyword-argument
            return depth
            # ^ keyword
            #      ^ reference
        case shapes.Circle(radius, center=Point(x, y)) as circle if radius > 1:
        # ^ keyword ^ reference ^ assignment.capture   ^ keyword ^ keyword
        #    ^ reference           ^ reference.keyword-argument     ^ reference
        #                                 ^ reference     ^ assignment.capture
        #                                       ^ assignment.capture
        #                                          ^ assignment.capture
            circle
            # ^ reference
        case [first, *others] | (first, others):
        # ^ keyword   ^ assignment.capture ^ assignment.capture
        #     ^ assignment.capture ^ assignment.capture
            first
            # ^ reference
        case {"key": value, Color.BLUE: _, **rest}:
        # ^ keyword  ^ assignment.capture    ^ assignment.capture
        #                   ^ reference ^ keyword
        #                         ^ attribute
            value
            # ^ reference
        case Color.RED | Color.GREEN:
        # ^ keyword ^ attribute ^ attribute
        #    ^ reference ^ reference
            pass
            # ^ keyword
        case (Point() as inner), [Color.RED, *_]:
        # ^ keyword   ^ keyword   ^ reference ^ keyword
        #     ^ reference ^ assignment.capture
        #                               ^ attribute
            inner
            # ^ reference
        case Move(direction=Color.UP, by=[step]):
        # ^ keyword ^ reference.keyword-argument
        #    ^ reference    ^ reference   ^ assignment.capture
        #                         ^ attribute
        #                             ^ reference.keyword-argument
            step
            # ^ reference
        case -1 | None | "text":
        # ^ keyword ^ keyword
            pass
            # ^ keyword
        case str() as word, tail:
        # ^ keyword ^ keyword ^ assignment.capture
        #    ^ reference ^ assignment.capture
            word
            # ^ reference
        case _:
        # ^ keyword
        #    ^ keyword
            pass
            # ^ keyword
    match = case = type = 1
    # ^ assignment ^ assignment
    #       ^ assignment
    match.case(type)
    # ^ reference ^ reference
    #     ^ call.method
    return match
    # ^ keyword
    #      ^ reference
