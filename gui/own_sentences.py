"""What is said of a function of the user's own, for `gui.translations.sentence` to put into other words. Data alone."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

OWN_SENTENCES = tuple(
    str(text)  # the stub calls it an object
    for text in (
        QT_TRANSLATE_NOOP("Sentence", "Not known."),
        QT_TRANSLATE_NOOP(
            "Sentence", "Line {0} of {1} runs whenever it is imported ({2}): each worker process would do that again."
        ),
        QT_TRANSLATE_NOOP("Sentence", 'Put it under `if __name__ == "__main__":`.'),
        QT_TRANSLATE_NOOP("Sentence", "What only the main program does stands under its guard."),
        QT_TRANSLATE_NOOP("Sentence", "Nothing at the top of the file does work: no guard is needed."),
        QT_TRANSLATE_NOOP("Sentence", "The inputs cannot be pickled because of {0}: processes cannot be sent them."),
        QT_TRANSLATE_NOOP("Sentence", "Use threads, or give what it can be made of: a name, a path, numbers."),
        QT_TRANSLATE_NOOP(
            "Sentence", "The inputs can be pickled: {0} each, and to send them takes {1} for a call of {2}."
        ),
        QT_TRANSLATE_NOOP("Sentence", "Give less (a path, a range), use threads, or shared memory."),
        QT_TRANSLATE_NOOP("Sentence", "The inputs can be pickled: {0} each."),
        QT_TRANSLATE_NOOP("Sentence", "{0} raised {1} in line {2}."),
        QT_TRANSLATE_NOOP("Sentence", "Mend the function, or leave out that input."),
        QT_TRANSLATE_NOOP("Sentence", "Install it ({0}), or choose another interpreter."),
        QT_TRANSLATE_NOOP("Sentence", "Give it a copy of that file."),
        QT_TRANSLATE_NOOP("Sentence", "A call takes longer than {0} s: it was cut off."),
        QT_TRANSLATE_NOOP("Sentence", "Try it with smaller inputs first."),
        QT_TRANSLATE_NOOP("Sentence", "{0} a call ({1} to {2}), in {3}."),
        QT_TRANSLATE_NOOP("Sentence", "{0} a call, in {1}."),
        QT_TRANSLATE_NOOP(
            "Sentence", "Handing over a task costs more than that: give each task many inputs, or send them in chunks."
        ),
        QT_TRANSLATE_NOOP("Sentence", "This Python runs without a GIL: threads overlap."),
        QT_TRANSLATE_NOOP("Sentence", "This Python runs without a GIL, but {0} turned it back on."),
        QT_TRANSLATE_NOOP("Sentence", "importing {0}"),
        QT_TRANSLATE_NOOP("Sentence", "something that {0} imports"),
        QT_TRANSLATE_NOOP("Sentence", "Take a version of it that supports free threading, or processes."),
        QT_TRANSLATE_NOOP("Sentence", "How long it lets go of the GIL is not known."),
        QT_TRANSLATE_NOOP("Sentence", "How long it lets go of the GIL could not be measured: the machine is busy."),
        QT_TRANSLATE_NOOP("Sentence", "Check again when less else runs here."),
        QT_TRANSLATE_NOOP("Sentence", "It keeps the GIL all the time: threads take turns."),
        QT_TRANSLATE_NOOP("Sentence", "It lets go of the GIL for {0} of a call: threads overlap."),
        QT_TRANSLATE_NOOP("Sentence", "It lets go of the GIL for {0} of a call: threads overlap that far."),
        QT_TRANSLATE_NOOP("Sentence", "It lets go of the GIL for {0} of a call: threads take turns."),
        QT_TRANSLATE_NOOP("Sentence", "Processes overlap wholly."),
        QT_TRANSLATE_NOOP("Sentence", "Use processes or sub-interpreters."),
        QT_TRANSLATE_NOOP(
            "Sentence", "Let each call do more: chunks would not help, for what is sent with each call stays."
        ),
        QT_TRANSLATE_NOOP(
            "Sentence", "Processes would overlap, but sending takes too much of a call: send less first."
        ),
        QT_TRANSLATE_NOOP("Sentence", "Processes would overlap, once all that they are sent can be pickled."),
        QT_TRANSLATE_NOOP("Sentence", "Return less (a sum, a path), or use shared memory."),
        QT_TRANSLATE_NOOP("Sentence", "Give less (a path, a range), or use shared memory."),
        QT_TRANSLATE_NOOP("Sentence", "Return plain values."),
        QT_TRANSLATE_NOOP("Sentence", "Give what it can be made of: a name, a path, numbers."),
        QT_TRANSLATE_NOOP(
            "Sentence", "What it returns cannot be pickled because of {0}: processes cannot send it back."
        ),
        QT_TRANSLATE_NOOP("Sentence", "Return plain values, or use threads."),
        QT_TRANSLATE_NOOP(
            "Sentence",
            "What it returns can be pickled: {0}, and to send it and the inputs takes {1} for a call of {2}.",
        ),
        QT_TRANSLATE_NOOP("Sentence", "Return less (a sum, a path), use threads, or shared memory."),
        QT_TRANSLATE_NOOP("Sentence", "What it returns can be pickled: {0}."),
        QT_TRANSLATE_NOOP(
            "Sentence",
            "A call changes {0}, and it uses the {1} of its module: threads share that, and processes would stop sharing it.",
        ),
        QT_TRANSLATE_NOOP("Sentence", "A call changes {0}: threads share that, and processes would stop sharing it."),
        QT_TRANSLATE_NOOP(
            "Sentence", "It uses the {0} of its module: threads share that, and processes would stop sharing it."
        ),
        QT_TRANSLATE_NOOP(
            "Sentence", "Return the values and put them together in the main program, or use threads with a lock."
        ),
        QT_TRANSLATE_NOOP(
            "Sentence", "The first call sets up {0}, later ones change nothing: each process sets it up for itself."
        ),
        QT_TRANSLATE_NOOP("Sentence", "{0} keeps results: each process would keep its own."),
        QT_TRANSLATE_NOOP("Sentence", "A call changes no global of its module."),
        QT_TRANSLATE_NOOP("Sentence", "This system does not tell which threads there are."),
        QT_TRANSLATE_NOOP("Sentence", "A call runs in one thread."),
        QT_TRANSLATE_NOOP("Sentence", "A call runs in one thread. {0} is loaded, with one thread."),
        QT_TRANSLATE_NOOP(
            "Sentence", "A call has {0} threads ({1}), and uses one core of them: times {2} that is {3} for {4}."
        ),
        QT_TRANSLATE_NOOP("Sentence", "A call has {0} threads ({1}): times {2} that is {3} for {4}."),
        QT_TRANSLATE_NOOP(
            "Sentence",
            "Set OPENBLAS_NUM_THREADS=1 (OMP_NUM_THREADS, MKL_NUM_THREADS) before the start, or use one worker.",
        ),
        QT_TRANSLATE_NOOP("Sentence", "Let each call use one thread, or use one worker."),
        QT_TRANSLATE_NOOP(
            "Sentence", "{0} is {1}: it cannot be pickled itself, so workers import it from its file by its name."
        ),
        QT_TRANSLATE_NOOP("Sentence", "Give its decorator functools.wraps, so that it keeps its name."),
        QT_TRANSLATE_NOOP("Sentence", "Write it with `def {0}` at the top of the file."),
        QT_TRANSLATE_NOOP("Sentence", "In a spawned process it does not work: {0}."),
        QT_TRANSLATE_NOOP("Sentence", "Mend it, or use threads, or the start method fork."),
        QT_TRANSLATE_NOOP("Sentence", "It is imported in {0}, also in a spawned process."),
        QT_TRANSLATE_NOOP(
            "Sentence", "A worker process needs {0}, {1} of it for the function: {2} for {3}, of {4} that are free."
        ),
        QT_TRANSLATE_NOOP("Sentence", "A worker process needs {0}: {1} for {2}, of {3} that are free."),
        QT_TRANSLATE_NOOP("Sentence", "Use fewer workers, or threads, which share what is imported."),
        QT_TRANSLATE_NOOP("Sentence", "Not known: Python {0} has no pool of sub-interpreters."),
        QT_TRANSLATE_NOOP("Sentence", "It does not work in a sub-interpreter: {0}."),
        QT_TRANSLATE_NOOP("Sentence", "Use threads or processes."),
        QT_TRANSLATE_NOOP("Sentence", "It is imported in a sub-interpreter as well."),
        QT_TRANSLATE_NOOP("Sentence", "Importing {0} in a spawned process"),
        QT_TRANSLATE_NOOP("Sentence", "Importing {0} in a sub-interpreter"),
        QT_TRANSLATE_NOOP("Sentence", "Importing {0}"),
        QT_TRANSLATE_NOOP("Sentence", "Pickling the inputs of {0}"),
        QT_TRANSLATE_NOOP("Sentence", "Pickling what {0} returned"),
        QT_TRANSLATE_NOOP("Sentence", "Calling {0}"),
        QT_TRANSLATE_NOOP("Sentence", "Looking at the globals of {0}"),
        QT_TRANSLATE_NOOP("Sentence", "Counting the threads of native libraries"),
        QT_TRANSLATE_NOOP("Sentence", "{0}: it did not end within {1} s"),
        QT_TRANSLATE_NOOP("Sentence", "{0}: it ended the process, which {1}"),
        QT_TRANSLATE_NOOP("Sentence", "{0} calls"),
        QT_TRANSLATE_NOOP("Sentence", "{0} call"),
        QT_TRANSLATE_NOOP("Sentence", "{0} cores"),
        QT_TRANSLATE_NOOP("Sentence", "{0} core"),
        QT_TRANSLATE_NOOP("Sentence", "{0} bytes"),
        QT_TRANSLATE_NOOP("Sentence", "{0} byte"),
        QT_TRANSLATE_NOOP("Sentence", "{0}, line {1}: {2}; mend the line and try again."),
        QT_TRANSLATE_NOOP(
            "Sentence",
            "{0}, line {1}: its import did not end within {2} s; put what takes long into the function, "
            'or under `if __name__ == "__main__":`.',
        ),
        QT_TRANSLATE_NOOP(
            "Sentence",
            '{0}, line {1}: it ended the program with {2} while it was imported; put that under `if __name__ == "__main__":`.',
        ),
        QT_TRANSLATE_NOOP(
            "Sentence",
            "{0}, line {1}: it needs {2}, which this interpreter does not have; install it ({3}) or choose another interpreter.",
        ),
        QT_TRANSLATE_NOOP(
            "Sentence", "{0}, line {1}: {2} while it was imported; mend the line, or put it into the function."
        ),
        QT_TRANSLATE_NOOP(
            "Sentence",
            "{0}, line {1}: it would {2} {3}, which the inputs come from, and was prevented from it; give it a copy of that file.",
        ),
        QT_TRANSLATE_NOOP(
            "Sentence",
            "{0}, line {1}: this is not UTF-8; save the file as UTF-8, or say its encoding in its first line.",
        ),
        QT_TRANSLATE_NOOP("Sentence", "There is no file {0}; check its name and folder."),
        QT_TRANSLATE_NOOP("Sentence", "{0} is a directory; give a Python file in it."),
        QT_TRANSLATE_NOOP("Sentence", "Say which function of {0} to call."),
        QT_TRANSLATE_NOOP("Sentence", "Say with which inputs {0} is to be called."),
        QT_TRANSLATE_NOOP("Sentence", "The inputs {0} are none of these: {1}."),
        QT_TRANSLATE_NOOP("Sentence", "The inputs {0} are empty; give at least one."),
        QT_TRANSLATE_NOOP("Sentence", "The inputs must be several, in a list: {0}."),
        QT_TRANSLATE_NOOP("Sentence", "Say which column of {0}: {1}."),
        QT_TRANSLATE_NOOP("Sentence", "There is no {0}; names are relative to the function's file."),
        QT_TRANSLATE_NOOP("Sentence", "There is no function {0} in the file to take inputs from."),
        QT_TRANSLATE_NOOP("Sentence", "{0} has no column {1}: choose one of {2}."),
    )
)
