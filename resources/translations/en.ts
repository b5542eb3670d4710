<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AccountWords</name>
    <message numerus="yes">
        <source>Whole run: the sum of %n lane(s) that worked</source>
        <translation>
            <numerusform>Whole run: the sum of %n lane that worked</numerusform>
            <numerusform>Whole run: the sum of %n lanes that worked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more lane(s) together</source>
        <translation>
            <numerusform>%n more lane</numerusform>
            <numerusform>%n more lanes together</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Pickled: {size} in %n message(s), {time}</source>
        <translation>
            <numerusform>Pickled: {size} in %n message, {time}</numerusform>
            <numerusform>Pickled: {size} in %n messages, {time}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Pickled: {size} in %n message(s), {time}; a task: {each}, {each_time}</source>
        <translation>
            <numerusform>Pickled: {size} in %n message, {time}; a task: {each}, {each_time}</numerusform>
            <numerusform>Pickled: {size} in %n messages, {time}; a task: {each}, {each_time}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeadlockOffer</name>
    <message numerus="yes">
        <source>%n more in the picture of the waits</source>
        <translation>
            <numerusform>%n more in the picture of the waits</numerusform>
            <numerusform>%n more in the picture of the waits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilmWords</name>
    <message numerus="yes">
        <source>%n update(s) are gone.</source>
        <translation>
            <numerusform>%n update is gone.</numerusform>
            <numerusform>%n updates are gone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n addition(s) since {lane} read.</source>
        <translation>
            <numerusform>%n addition since {lane} read.</numerusform>
            <numerusform>%n additions since {lane} read.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LatencyWords</name>
    <message numerus="yes">
        <source>%n task(s)</source>
        <translation>
            <numerusform>%n task</numerusform>
            <numerusform>%n tasks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutputText</name>
    <message numerus="yes">
        <source>… {n} earlier line(s) are not shown …</source>
        <translation>
            <numerusform>… {n} earlier line is not shown …</numerusform>
            <numerusform>… {n} earlier lines are not shown …</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} line(s) were lost: tasks printed faster than could be read</source>
        <translation>
            <numerusform>{n} line was lost: tasks printed faster than could be read</numerusform>
            <numerusform>{n} lines were lost: tasks printed faster than could be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… {n} line(s) …</source>
        <translation>
            <numerusform>… {n} line …</numerusform>
            <numerusform>… {n} lines …</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OwnChooser</name>
    <message numerus="yes">
        <source>%n input(s)</source>
        <translation>
            <numerusform>%n input</numerusform>
            <numerusform>%n inputs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PreflightCard</name>
    <message numerus="yes">
        <source>It printed %n line(s) meanwhile</source>
        <translation>
            <numerusform>It printed %n line meanwhile</numerusform>
            <numerusform>It printed %n lines meanwhile</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n line(s) more</source>
        <translation>
            <numerusform>… and %n line more</numerusform>
            <numerusform>… and %n lines more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) to know</source>
        <translation>
            <numerusform>%n thing to know</numerusform>
            <numerusform>%n things to know</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message numerus="yes">
        <source>%n lesson(s) found.</source>
        <translation>
            <numerusform>%n lesson found.</numerusform>
            <numerusform>%n lessons found.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) cannot be used, the first: {0}</source>
        <translation>
            <numerusform>%n file cannot be used: {0}</numerusform>
            <numerusform>%n files cannot be used, the first: {0}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StripMarks</name>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n event</numerusform>
            <numerusform>%n events</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TimelineChoice</name>
    <message numerus="yes">
        <source>%n event(s) of this lane dropped about here</source>
        <translation>
            <numerusform>%n event of this lane dropped about here</numerusform>
            <numerusform>%n events of this lane dropped about here</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TimelineGhost</name>
    <message numerus="yes">
        <source>%n more lane(s)</source>
        <translation>
            <numerusform>%n more lane</numerusform>
            <numerusform>%n more lanes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TimelineStatus</name>
    <message numerus="yes">
        <source>reading %n more span(s) …</source>
        <translation>
            <numerusform>reading %n more span …</numerusform>
            <numerusform>reading %n more spans …</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) dropped</source>
        <translation>
            <numerusform>%n event dropped</numerusform>
            <numerusform>%n events dropped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n earlier span(s) not kept</source>
        <translation>
            <numerusform>%n earlier span not kept</numerusform>
            <numerusform>%n earlier spans not kept</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TimelineWords</name>
    <message numerus="yes">
        <source>{length} × %n lane(s)</source>
        <translation>
            <numerusform>{length} × %n lane</numerusform>
            <numerusform>{length} × %n lanes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WaitWords</name>
    <message numerus="yes">
        <source>%n wait, up to {time}</source>
        <translation>
            <numerusform>%n waits, {time} so far</numerusform>
            <numerusform>%n wait, up to {time}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stuck for ever</source>
        <translation>
            <numerusform>%n stuck for ever</numerusform>
            <numerusform>%n stuck for ever</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) not shown</source>
        <translation>
            <numerusform>%n node not shown</numerusform>
            <numerusform>%n nodes not shown</numerusform>
        </translation>
    </message>
</context>
</TS>
