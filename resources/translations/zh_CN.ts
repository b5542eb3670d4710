<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutPage</name>
    <message>
        <source>Threadmill {0}</source>
        <translation>Threadmill {0}</translation>
    </message>
    <message>
        <source>A playground for Python concurrency: run it, watch it, understand it.

Python {0}, Qt for Python {1}, {2}.
MIT licence. Qt and Qt for Python are used under the LGPL, version 3.</source>
        <translation>Python 并发的试验场：运行它，观察它，理解它。

Python {0}，Qt for Python {1}，{2}。
MIT 许可证。Qt 与 Qt for Python 依 LGPL 第 3 版使用。</translation>
    </message>
    <message>
        <source>About Threadmill</source>
        <translation>关于 Threadmill</translation>
    </message>
</context>
<context>
    <name>AccountBars</name>
    <message>
        <source>Where the time went, a bar for the run and one for each lane</source>
        <translation>时间去向：整次运行一条，每个执行者一条</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} s</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n} %</translation>
    </message>
</context>
<context>
    <name>AccountModel</name>
    <message>
        <source>{n} s</source>
        <translation>{n} s</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n} %</translation>
    </message>
    <message>
        <source>{s} s  {n} %</source>
        <translation>{s} s  {n} %</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>lane</source>
        <translation>执行者</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
</context>
<context>
    <name>AccountTable</name>
    <message>
        <source>Where the time went, as a table</source>
        <translation>时间去向表</translation>
    </message>
</context>
<context>
    <name>AccountTime</name>
    <message>
        <source>Where the time went, over the whole run</source>
        <translation>整次运行中的时间去向</translation>
    </message>
    <message>
        <source>lanes at once</source>
        <translation>同时的执行者</translation>
    </message>
    <message>
        <source>tasks that waited are drawn below this where it is higher: drag its upper edge up</source>
        <translation>面板更高时，下面会画出等待的任务：把它的上边缘往上拖</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} s</translation>
    </message>
    <message>
        <source>tasks waiting to be begun</source>
        <translation>等待开始的任务</translation>
    </message>
    <message>
        <source>dashed: room for {n}</source>
        <translation>虚线：可容 {n} 个</translation>
    </message>
    <message>
        <source>From {a} to {b} s</source>
        <translation>从 {a} 到 {b} s</translation>
    </message>
    <message>
        <source>{kind}: {n} lanes, {s} s</source>
        <translation>{kind}：{n} 个执行者，{s} s</translation>
    </message>
</context>
<context>
    <name>AccountWords</name>
    <message>
        <source>{n} more</source>
        <translation>另外 {n} 个</translation>
    </message>
    <message>
        <source>ghost: {0}</source>
        <translation>对照：{0}</translation>
    </message>
    <message>
        <source>sum of all</source>
        <translation>全部合计</translation>
    </message>
    <message numerus="yes">
        <source>Whole run: the sum of %n lane(s) that worked</source>
        <translation>
            <numerusform>整次运行：%n 个干活的执行者合计</numerusform>
        </translation>
    </message>
    <message>
        <source>Ghost, a kept run: {0}</source>
        <translation>对照，一次保留的运行：{0}</translation>
    </message>
    <message numerus="yes">
        <source>%n more lane(s) together</source>
        <translation>
            <numerusform>另外 %n 个执行者合计</numerusform>
        </translation>
    </message>
    <message>
        <source>{name}, PID {pid}, TID {tid}</source>
        <translation>{name}，PID {pid}，TID {tid}</translation>
    </message>
    <message>
        <source>{kind}: {s} s, {n} % of {wall} s</source>
        <translation>{kind}：{s} s，占 {wall} s 的 {n} %</translation>
    </message>
    <message>
        <source>Its event loop runs the tasks: it counts in their place.</source>
        <translation>任务在它的事件循环里运行：由它代为计入。</translation>
    </message>
    <message>
        <source>Not part of the run&apos;s account: it runs no tasks, or its event loop stands for it.</source>
        <translation>不计入整次运行：它不执行任务，或已由事件循环代表。</translation>
    </message>
    <message>
        <source>{kind} {n} %</source>
        <translation>{kind} {n} %</translation>
    </message>
    <message>
        <source>Pickled: this model&apos;s way of pickling is not seen</source>
        <translation>序列化：看不到此模型的序列化方式</translation>
    </message>
    <message numerus="yes">
        <source>Pickled: {size} in %n message(s), {time}</source>
        <translation>
            <numerusform>序列化：%n 条消息，共 {size}，{time}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Pickled: {size} in %n message(s), {time}; a task: {each}, {each_time}</source>
        <translation>
            <numerusform>序列化：%n 条消息，共 {size}，{time}；每个任务 {each}，{each_time}</numerusform>
        </translation>
    </message>
    <message>
        <source>Tasks waiting to be begun: {now}, at most {n} (room for {bound}, the next waits for a place)</source>
        <translation>等待开始的任务：{now} 个，最多 {n} 个（可容 {bound} 个，再来的要等空位）</translation>
    </message>
    <message>
        <source>Tasks waiting to be begun: at most {n} (room for {bound}, the next waits for a place)</source>
        <translation>等待开始的任务：最多 {n} 个（可容 {bound} 个，再来的要等空位）</translation>
    </message>
</context>
<context>
    <name>AccountsView</name>
    <message>
        <source>Where the time went</source>
        <translation>时间去向</translation>
    </message>
    <message>
        <source>Lanes</source>
        <translation>按执行者</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>随时间</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Where the time went: how it is shown</source>
        <translation>时间去向：显示方式</translation>
    </message>
    <message>
        <source>Copy the table</source>
        <translation>复制表格</translation>
    </message>
    <message>
        <source>Save the table as CSV …</source>
        <translation>将表格存为 CSV …</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Save as CSV …</source>
        <translation>存为 CSV …</translation>
    </message>
    <message>
        <source>There is nothing to save yet: no run has been carried out.</source>
        <translation>还没有可保存的内容：尚未运行过。</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>逗号分隔值 (*.csv)</translation>
    </message>
    <message>
        <source>Press Run: here it is shown what each lane did with its time, and what it waited for.</source>
        <translation>按“运行”：这里显示每个执行者把时间花在哪里，又在等什么。</translation>
    </message>
    <message>
        <source>No lane has been heard of yet.</source>
        <translation>还没有任何执行者的消息。</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Interrupt now</source>
        <translation>立即中断</translation>
    </message>
    <message>
        <source>Go to the models</source>
        <translation>转到模型</translation>
    </message>
    <message>
        <source>Filter the models</source>
        <translation>筛选模型</translation>
    </message>
    <message>
        <source>Go to the number of workers</source>
        <translation>转到工作者数量</translation>
    </message>
    <message>
        <source>Go to the workload</source>
        <translation>转到负载</translation>
    </message>
    <message>
        <source>Show processes</source>
        <translation>显示进程</translation>
    </message>
    <message>
        <source>Show the picture</source>
        <translation>显示图像</translation>
    </message>
    <message>
        <source>Choose another Python …</source>
        <translation>选择其他 Python…</translation>
    </message>
    <message>
        <source>Save processes as CSV …</source>
        <translation>将进程存为 CSV…</translation>
    </message>
    <message>
        <source>Show the output</source>
        <translation>显示输出</translation>
    </message>
    <message>
        <source>Show the race film</source>
        <translation>显示竞态回放</translation>
    </message>
    <message>
        <source>Show where the time went</source>
        <translation>显示时间去向</translation>
    </message>
    <message>
        <source>Show the timeline</source>
        <translation>显示时间线</translation>
    </message>
    <message>
        <source>Show the latency</source>
        <translation>显示延迟</translation>
    </message>
    <message>
        <source>Show who waits for whom</source>
        <translation>显示谁在等谁</translation>
    </message>
    <message>
        <source>Break one wait of the deadlock …</source>
        <translation>打断死锁中的一个等待…</translation>
    </message>
    <message>
        <source>Show the stacks</source>
        <translation>显示调用栈</translation>
    </message>
    <message>
        <source>Go to what this run says</source>
        <translation>转到运行结论</translation>
    </message>
    <message>
        <source>Explore: pick and run</source>
        <translation>探索：选择并运行</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>My function</source>
        <translation>我的函数</translation>
    </message>
    <message>
        <source>Choose a Python file of your own …</source>
        <translation>选择你自己的 Python 文件…</translation>
    </message>
    <message>
        <source>Check my function before it runs</source>
        <translation>运行前检查我的函数</translation>
    </message>
    <message>
        <source>Measure and recommend: show or hide</source>
        <translation>测量并推荐：显示或隐藏</translation>
    </message>
    <message>
        <source>Compare: kept runs</source>
        <translation>比较：保留的运行</translation>
    </message>
    <message>
        <source>Break it: choose how …</source>
        <translation>弄坏它：选择方式 …</translation>
    </message>
    <message>
        <source>Break it: kill (SIGKILL) …</source>
        <translation>弄坏它：杀死（SIGKILL）…</translation>
    </message>
    <message>
        <source>Break it: crash (segmentation fault) …</source>
        <translation>弄坏它：崩溃（段错误）…</translation>
    </message>
    <message>
        <source>Break it: exit in the middle of a task …</source>
        <translation>弄坏它：在任务中途退出 …</translation>
    </message>
    <message>
        <source>Break it: freeze (SIGSTOP) …</source>
        <translation>弄坏它：冻结（SIGSTOP）…</translation>
    </message>
    <message>
        <source>Break it: thaw (SIGCONT) …</source>
        <translation>弄坏它：解冻（SIGCONT）…</translation>
    </message>
    <message>
        <source>Break it: fill its memory …</source>
        <translation>弄坏它：填满它的内存 …</translation>
    </message>
    <message>
        <source>Break it: raise an exception …</source>
        <translation>弄坏它：抛出异常 …</translation>
    </message>
    <message>
        <source>Compare: swap A and B</source>
        <translation>比较：交换 A 和 B</translation>
    </message>
    <message>
        <source>Compare: set A up to be run again</source>
        <translation>比较：设好 A，以便再次运行</translation>
    </message>
    <message>
        <source>Compare: copy as text</source>
        <translation>比较：复制为文本</translation>
    </message>
    <message>
        <source>Compare: save as CSV …</source>
        <translation>比较：存为 CSV …</translation>
    </message>
    <message>
        <source>Export the current kept run …</source>
        <translation>导出当前保留的运行…</translation>
    </message>
    <message>
        <source>Import a kept run …</source>
        <translation>导入保留的运行…</translation>
    </message>
    <message>
        <source>Bring back the deleted run</source>
        <translation>找回删除的运行</translation>
    </message>
    <message>
        <source>Ghost: none</source>
        <translation>对照：无</translation>
    </message>
    <message>
        <source>Ghost: the last run</source>
        <translation>对照：上一次运行</translation>
    </message>
    <message>
        <source>Ghost: choose a run …</source>
        <translation>对照：选择一次运行…</translation>
    </message>
    <message>
        <source>Show or hide the script</source>
        <translation>显示或隐藏脚本</translation>
    </message>
    <message>
        <source>Next lesson</source>
        <translation>下一课</translation>
    </message>
    <message>
        <source>Previous lesson</source>
        <translation>上一课</translation>
    </message>
    <message>
        <source>Try again to have a host stand ready</source>
        <translation>再次尝试让一个主进程待命</translation>
    </message>
    <message>
        <source>Show the last crash report</source>
        <translation>显示最近的崩溃报告</translation>
    </message>
    <message>
        <source>Settings …</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Save output as text …</source>
        <translation>将输出存为文本…</translation>
    </message>
    <message>
        <source>Copy selected rows</source>
        <translation>复制选中的行</translation>
    </message>
    <message>
        <source>Save picture as PNG …</source>
        <translation>将图像存为 PNG…</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>复制图像</translation>
    </message>
    <message>
        <source>Switch between light and dark</source>
        <translation>切换浅色与深色</translation>
    </message>
    <message>
        <source>Theme: as the system</source>
        <translation>主题：跟随系统</translation>
    </message>
    <message>
        <source>Theme: light</source>
        <translation>主题：浅色</translation>
    </message>
    <message>
        <source>Theme: dark</source>
        <translation>主题：深色</translation>
    </message>
    <message>
        <source>Presenter size</source>
        <translation>演示字号</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Usual size</source>
        <translation>正常大小</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>About Threadmill</source>
        <translation>关于 Threadmill</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
</context>
<context>
    <name>Banners</name>
    <message>
        <source>Deadlock:</source>
        <translation>死锁：</translation>
    </message>
    <message>
        <source>No progress for {n} s</source>
        <translation>{n} 秒没有进展</translation>
    </message>
    <message>
        <source>It ended in a deadlock:</source>
        <translation>以死锁告终：</translation>
    </message>
    <message>
        <source>1 update was lost</source>
        <translation>丢了 1 次更新</translation>
    </message>
    <message>
        <source>{0} updates were lost</source>
        <translation>丢了 {0} 次更新</translation>
    </message>
    <message>
        <source>No update was lost</source>
        <translation>没有更新丢失</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
</context>
<context>
    <name>Boxes</name>
    <message>
        <source>More …</source>
        <translation>更多 …</translation>
    </message>
    <message>
        <source>{0}: show all</source>
        <translation>{0}：全部显示</translation>
    </message>
</context>
<context>
    <name>BreakIt</name>
    <message>
        <source>Break it</source>
        <translation>弄坏它</translation>
    </message>
    <message>
        <source>Break it …</source>
        <translation>弄坏它 …</translation>
    </message>
    <message>
        <source>Break the chosen process or thread</source>
        <translation>弄坏选中的进程或线程</translation>
    </message>
    <message>
        <source>PID {0} is no process of this run, or has not been looked at yet.</source>
        <translation>PID {0} 不是这次运行的进程，或者还没有被查看过。</translation>
    </message>
    <message>
        <source>PID {0}</source>
        <translation>PID {0}</translation>
    </message>
</context>
<context>
    <name>BreakPage</name>
    <message>
        <source>Break it</source>
        <translation>弄坏它</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>会发生什么</translation>
    </message>
    <message>
        <source>Do not ask again until I close the window</source>
        <translation>关闭窗口之前不再询问</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>BreakWords</name>
    <message>
        <source>Kill (SIGKILL)</source>
        <translation>杀死（SIGKILL）</translation>
    </message>
    <message>
        <source>Crash (segmentation fault)</source>
        <translation>崩溃（段错误）</translation>
    </message>
    <message>
        <source>Exit in the middle of a task</source>
        <translation>在任务中途退出</translation>
    </message>
    <message>
        <source>Freeze (SIGSTOP)</source>
        <translation>冻结（SIGSTOP）</translation>
    </message>
    <message>
        <source>Thaw (SIGCONT)</source>
        <translation>解冻（SIGCONT）</translation>
    </message>
    <message>
        <source>Fill its memory</source>
        <translation>填满它的内存</translation>
    </message>
    <message>
        <source>Raise an exception</source>
        <translation>抛出异常</translation>
    </message>
    <message>
        <source>Kill it</source>
        <translation>杀死它</translation>
    </message>
    <message>
        <source>Crash it</source>
        <translation>让它崩溃</translation>
    </message>
    <message>
        <source>Let it exit</source>
        <translation>让它退出</translation>
    </message>
    <message>
        <source>Freeze it</source>
        <translation>冻结它</translation>
    </message>
    <message>
        <source>Thaw it</source>
        <translation>解冻它</translation>
    </message>
    <message>
        <source>Let it raise</source>
        <translation>让它抛出</translation>
    </message>
    <message>
        <source>Kill {0}?</source>
        <translation>杀死 {0}？</translation>
    </message>
    <message>
        <source>Crash {0}?</source>
        <translation>让 {0} 崩溃？</translation>
    </message>
    <message>
        <source>Let {0} exit in the middle of its task?</source>
        <translation>让 {0} 在任务中途退出？</translation>
    </message>
    <message>
        <source>Freeze {0}?</source>
        <translation>冻结 {0}？</translation>
    </message>
    <message>
        <source>Thaw {0}?</source>
        <translation>解冻 {0}？</translation>
    </message>
    <message>
        <source>Fill the memory of {0}?</source>
        <translation>填满 {0} 的内存？</translation>
    </message>
    <message>
        <source>Let {0} raise an exception?</source>
        <translation>让 {0} 抛出异常？</translation>
    </message>
    <message>
        <source>SIGKILL ends the process at once. It cannot be caught, and nothing is cleaned up.</source>
        <translation>SIGKILL 立即结束进程。它无法被捕获，也不做任何清理。</translation>
    </message>
    <message>
        <source>Its task reads address 0, as broken C code does, and the kernel ends the process with SIGSEGV.</source>
        <translation>它的任务读取地址 0，就像有错的 C 代码那样，内核用 SIGSEGV 结束进程。</translation>
    </message>
    <message>
        <source>Its task calls os._exit(0): the process is gone, with the exit code of success.</source>
        <translation>它的任务调用 os._exit(0)：进程没了，退出码却表示成功。</translation>
    </message>
    <message>
        <source>SIGSTOP keeps the process from every core until SIGCONT. It is not dead: no exit code, no closed pipe tells anybody.</source>
        <translation>SIGSTOP 使进程得不到任何核，直到 SIGCONT。它没有死：没有退出码，也没有关闭的管道来告诉任何人。</translation>
    </message>
    <message>
        <source>SIGCONT lets the process go on where it stood.</source>
        <translation>SIGCONT 让进程从停下的地方继续。</translation>
    </message>
    <message>
        <source>Its task takes half of the memory that is free, {0} MB at most, in steps; holds it for {1} s; and gives it back.</source>
        <translation>它的任务分步占用一半的空闲内存，最多 {0} MB；保持 {1} 秒；然后归还。</translation>
    </message>
    <message>
        <source>Its task raises RaisedOnRequest.</source>
        <translation>它的任务抛出 RaisedOnRequest。</translation>
    </message>
    <message>
        <source>That happens at once; between two tasks, in the next one.</source>
        <translation>立即发生；如在两个任务之间，则在下一个任务中发生。</translation>
    </message>
    <message>
        <source>That happens at the end of the task under way, or of the next one.</source>
        <translation>在正在进行的任务（或下一个任务）结束时发生。</translation>
    </message>
    <message>
        <source>Who waited for it goes on as well. What time it stood still is in its task&apos;s duration.</source>
        <translation>等待它的也会继续。它停住的时间算在任务的时长里。</translation>
    </message>
    <message>
        <source>The task counts as failed, with its traceback under Output. The worker takes the next task, and the run goes on, in every model.</source>
        <translation>任务算作失败，回溯见“输出”。工作者接下一个任务，运行继续，每种模型都是如此。</translation>
    </message>
    <message>
        <source>It is the main process: who hands out tasks is gone. Its workers are ended with it, and the run fails.</source>
        <translation>这是主进程：分发任务的没了。它的工作进程随它一起被结束，运行失败。</translation>
    </message>
    <message>
        <source>It is the main process, and every worker of this model lives in it: nobody can end one of them alone. The run fails at once, and what has come of it by then is kept. The window goes on.</source>
        <translation>这是主进程，而这种模型的每个工作者都在其中：无法单独结束其中一个。运行立即失败，此前得到的都会保留。窗口继续工作。</translation>
    </message>
    <message>
        <source>A stock multiprocessing.Pool starts another process in its place and never learns which task died with it: whoever waits for that result waits for ever. Threadmill sees the sentinel of the dead process, and ends the run as failed instead of hanging.</source>
        <translation>标准的 multiprocessing.Pool 会启动另一个进程来顶替，却永远不知道哪个任务随它一起死了：等待那个结果的会永远等下去。Threadmill 看到死掉的进程的哨兵，把运行作为失败结束，而不是卡住。</translation>
    </message>
    <message>
        <source>ProcessPoolExecutor breaks as a whole: BrokenProcessPool for every task under way or in line, and the other workers are ended. The run fails; nothing hangs.</source>
        <translation>ProcessPoolExecutor 整个坏掉：正在进行的和排队的任务全都得到 BrokenProcessPool，其他工作进程也被结束。运行失败；什么也不会卡住。</translation>
    </message>
    <message>
        <source>loky&apos;s executor breaks as a whole, with TerminatedWorkerError for every task under way or in line. The run fails; nothing hangs.</source>
        <translation>loky 的执行器整个坏掉：正在进行的和排队的任务全都得到 TerminatedWorkerError。运行失败；什么也不会卡住。</translation>
    </message>
    <message>
        <source>One task is lost, the one that it ran; the run goes on with the next ones, each in a process of its own.</source>
        <translation>只丢一个任务，就是它正在运行的那个；运行继续做后面的任务，每个都有自己的进程。</translation>
    </message>
    <message>
        <source>An exit code of 0 says that all went well; Threadmill asks the task as well, and counts it as lost.</source>
        <translation>退出码 0 表示一切顺利；Threadmill 还会问任务本身，把它算作丢失。</translation>
    </message>
    <message>
        <source>The task that it had taken out of the line is lost, and nobody is told: the main process would wait for its answer for ever. Threadmill sees the sentinel of the dead process, and ends the run as failed.</source>
        <translation>它从队列里取走的任务丢了，也没有人得知：主进程会永远等它的答复。Threadmill 看到死掉的进程的哨兵，把运行作为失败结束。</translation>
    </message>
    <message>
        <source>What comes of it, the model decides. Threadmill names the process and what it died of.</source>
        <translation>结果如何，由模型决定。Threadmill 会指出是哪个进程、因何而死。</translation>
    </message>
    <message>
        <source>It holds what the others share. Their next call to it fails, and so does the run.</source>
        <translation>它保管着大家共享的东西。它们下一次调用它就会失败，运行也随之失败。</translation>
    </message>
    <message>
        <source>Workers are started by it, and it reports how they end: no more can be started, and the run may fail.</source>
        <translation>工作进程由它启动，也由它报告如何结束：不能再启动新的，运行可能失败。</translation>
    </message>
    <message>
        <source>It removes semaphores and shared memory that are left. multiprocessing starts another one when it needs it; Threadmill sweeps anyway.</source>
        <translation>它清除遗留的信号量和共享内存。multiprocessing 需要时会再启动一个；Threadmill 反正也会清扫。</translation>
    </message>
    <message>
        <source>A task has started it: what comes of it is that task&apos;s business.</source>
        <translation>它是某个任务启动的：结果如何，是那个任务的事。</translation>
    </message>
    <message>
        <source>It is the main process: nobody hands out tasks or takes in results. Workers finish what they have and wait. Threadmill marks it as standing still; thaw it, or stop the run.</source>
        <translation>这是主进程：没有谁分发任务、接收结果。工作进程做完手头的就等着。Threadmill 会标出它停住了；请解冻它，或停止运行。</translation>
    </message>
    <message>
        <source>It is the main process, and every worker of this model lives in it: all of them stand still. Threadmill marks it; thaw it, or stop the run.</source>
        <translation>这是主进程，而这种模型的每个工作者都在其中：全都停住。Threadmill 会标出来；请解冻它，或停止运行。</translation>
    </message>
    <message>
        <source>Its task stands still, and so does whoever waits for its result or for a lock that it holds; the others go on. Threadmill marks it as standing still; thaw it, or stop the run.</source>
        <translation>它的任务停住，等待其结果或等待它所持锁的也停住；其余的继续。Threadmill 会标出它停住了；请解冻它，或停止运行。</translation>
    </message>
    <message>
        <source>The event loop stands still meanwhile, and every coroutine with it. See the column Memory under Processes.</source>
        <translation>事件循环在此期间停住，所有协程也停住。请看“进程”中的“内存”一列。</translation>
    </message>
    <message>
        <source>The others go on. See the column Memory under Processes. Where memory ends first, its task fails with MemoryError.</source>
        <translation>其余的继续。请看“进程”中的“内存”一列。如果内存先用完，它的任务会以 MemoryError 失败。</translation>
    </message>
</context>
<context>
    <name>Card</name>
    <message>
        <source>Save {title}</source>
        <translation>保存{title}</translation>
    </message>
    <message>
        <source>Save or copy this chart, or save its data</source>
        <translation>保存或复制这张图，或保存它的数据</translation>
    </message>
</context>
<context>
    <name>Catalogue</name>
    <message>
        <source>asyncio</source>
        <translation>asyncio</translation>
    </message>
    <message>
        <source>asyncio with processes</source>
        <translation>asyncio 加进程</translation>
    </message>
    <message>
        <source>An event loop awaits calls in a process pool: the loop stays free, and computing overlaps.</source>
        <translation>事件循环 await 进程池里的调用：循环不被占用，计算可以并行。</translation>
    </message>
    <message>
        <source>Start method</source>
        <translation>启动方式</translation>
    </message>
    <message>
        <source>How worker processes come to be: copied from the host (fork), started afresh (spawn), or copied from a clean server (forkserver).</source>
        <translation>工作进程如何产生：复制主进程（fork）、全新启动（spawn），或复制一个干净的服务进程（forkserver）。</translation>
    </message>
    <message>
        <source>fork</source>
        <translation>fork</translation>
    </message>
    <message>
        <source>spawn</source>
        <translation>spawn</translation>
    </message>
    <message>
        <source>forkserver</source>
        <translation>forkserver</translation>
    </message>
    <message>
        <source>Around the work</source>
        <translation>同步原语</translation>
    </message>
    <message>
        <source>What every task must get past before it works: a lock that lets one through, a semaphore that lets a few, an event, a barrier.</source>
        <translation>每个任务开工前要过的一关：锁只放行一个，信号量放行几个，还有事件和屏障。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Lock</translation>
    </message>
    <message>
        <source>RLock</source>
        <translation>RLock</translation>
    </message>
    <message>
        <source>Semaphore</source>
        <translation>Semaphore</translation>
    </message>
    <message>
        <source>BoundedSemaphore</source>
        <translation>BoundedSemaphore</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>Condition</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Event</translation>
    </message>
    <message>
        <source>Barrier</source>
        <translation>Barrier</translation>
    </message>
    <message>
        <source>Pool size</source>
        <translation>池的大小</translation>
    </message>
    <message>
        <source>How many workers the pool is made with, and so how far they can be turned up during the run; 0: as many as workers at the start.</source>
        <translation>创建池时的工作者数量，也是运行中能调到的上限；0：与开始时的工作者一样多。</translation>
    </message>
    <message>
        <source>Permits</source>
        <translation>许可数</translation>
    </message>
    <message>
        <source>How many tasks a semaphore lets through at once, or a barrier brings together; the others do not use it.</source>
        <translation>信号量同时放行几个任务，或屏障凑齐几个任务；其他的用不到它。</translation>
    </message>
    <message>
        <source>asyncio tasks</source>
        <translation>asyncio 任务</translation>
    </message>
    <message>
        <source>One event loop in one thread: tasks that await overlap, any number of them; one that computes blocks all others.</source>
        <translation>一个线程里的一个事件循环：用 await 等待的任务不论多少都能重叠；只要有一个在计算，其余的全被堵住。</translation>
    </message>
    <message>
        <source>asyncio.to_thread</source>
        <translation>asyncio.to_thread</translation>
    </message>
    <message>
        <source>An event loop hands tasks to threads and awaits them: the loop stays free, and computing takes turns at the GIL.</source>
        <translation>事件循环把任务交给线程再 await：循环不被占用，计算轮流使用 GIL。</translation>
    </message>
    <message>
        <source>Switch interval</source>
        <translation>切换间隔</translation>
    </message>
    <message>
        <source>How long a thread may hold the GIL while others wait for it (sys.setswitchinterval).</source>
        <translation>别的线程在等 GIL 时，一个线程最多可以拿多久（sys.setswitchinterval）。</translation>
    </message>
    <message>
        <source>Sub-interpreters</source>
        <translation>子解释器</translation>
    </message>
    <message>
        <source>Interpreter pool</source>
        <translation>解释器池</translation>
    </message>
    <message>
        <source>Threads of one process, each with its own interpreter and GIL: computing overlaps, and nothing is shared.</source>
        <translation>同一进程的线程，各有自己的解释器和 GIL：计算可以并行，什么都不共享。</translation>
    </message>
    <message>
        <source>Chunk size</source>
        <translation>分块大小</translation>
    </message>
    <message>
        <source>How many tasks travel to a worker together; more saves trips when tasks are short.</source>
        <translation>一次送给工作者几个任务；任务很短时，多送几个可以少跑几趟。</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>第三方库</translation>
    </message>
    <message>
        <source>joblib</source>
        <translation>joblib</translation>
    </message>
    <message>
        <source>Parallel(n_jobs) over loky&apos;s worker processes; with one worker the main process does the tasks itself.</source>
        <translation>Parallel(n_jobs) 使用 loky 的工作进程；只有一个工作者时，由主进程自己做。</translation>
    </message>
    <message>
        <source>loky</source>
        <translation>loky</translation>
    </message>
    <message>
        <source>The pool under joblib: fresh interpreters instead of forks, and a lost worker is an error at once, never a wait.</source>
        <translation>joblib 底层的进程池：不用 fork，而是全新的解释器；工作进程没了会立刻报错，不会一直等。</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Pool.apply</source>
        <translation>Pool.apply</translation>
    </message>
    <message>
        <source>A multiprocessing.Pool, one call at a time: apply waits for each result, so only one worker is ever busy.</source>
        <translation>multiprocessing.Pool，一次一个调用：apply 要等每个结果，所以始终只有一个工作进程在忙。</translation>
    </message>
    <message>
        <source>Tasks per child</source>
        <translation>每个子进程的任务数</translation>
    </message>
    <message>
        <source>After how many tasks (chunks, where they travel in chunks) a worker process is replaced by a fresh one; 0: never.</source>
        <translation>工作进程做完多少个任务（分块传送时按块计）后换成新的；0：从不更换。</translation>
    </message>
    <message>
        <source>Pool.apply_async</source>
        <translation>Pool.apply_async</translation>
    </message>
    <message>
        <source>A multiprocessing.Pool kept busy: results come back through callbacks, which run in the main process.</source>
        <translation>一直有事做的 multiprocessing.Pool：结果通过回调返回，回调在主进程里执行。</translation>
    </message>
    <message>
        <source>Ending</source>
        <translation>收尾</translation>
    </message>
    <message>
        <source>What the main process does once all tasks are handed out: close and join waits for them, no join ends at once and the tasks are lost, join before close is a ValueError.</source>
        <translation>任务全部交出后主进程做什么：close 再 join 会等它们做完；不 join 就立即结束，任务随之丢失；先 join 后 close 会引发 ValueError。</translation>
    </message>
    <message>
        <source>close and join</source>
        <translation>close 再 join</translation>
    </message>
    <message>
        <source>no join</source>
        <translation>不 join</translation>
    </message>
    <message>
        <source>join before close</source>
        <translation>先 join 后 close</translation>
    </message>
    <message>
        <source>Pool.imap_unordered</source>
        <translation>Pool.imap_unordered</translation>
    </message>
    <message>
        <source>A multiprocessing.Pool that draws tasks from an iterator; results come as soon as they are done, in any order.</source>
        <translation>multiprocessing.Pool 从迭代器里取任务；哪个先做完就先返回，不保证顺序。</translation>
    </message>
    <message>
        <source>Pool.map</source>
        <translation>Pool.map</translation>
    </message>
    <message>
        <source>A multiprocessing.Pool that maps list after list: results come in order, and each list waits for its slowest task.</source>
        <translation>multiprocessing.Pool 一个列表接一个列表地 map：结果按顺序返回，每个列表都要等最慢的任务。</translation>
    </message>
    <message>
        <source>Process manager</source>
        <translation>进程 Manager</translation>
    </message>
    <message>
        <source>A manager process holds a queue, dict or list that all workers use through proxies: simple, and a trip for each call.</source>
        <translation>由 Manager 进程保管队列、字典或列表，工作进程通过代理使用：简单，但每次调用都要跑一趟。</translation>
    </message>
    <message>
        <source>Manager holds</source>
        <translation>Manager 保管</translation>
    </message>
    <message>
        <source>queue</source>
        <translation>queue</translation>
    </message>
    <message>
        <source>dict</source>
        <translation>dict</translation>
    </message>
    <message>
        <source>list</source>
        <translation>list</translation>
    </message>
    <message>
        <source>dict and list</source>
        <translation>dict 和 list</translation>
    </message>
    <message>
        <source>Queue bound</source>
        <translation>队列上限</translation>
    </message>
    <message>
        <source>How many tasks may wait in the queue; 0: twice the workers.</source>
        <translation>队列里最多排几个任务；0：工作者数量的两倍。</translation>
    </message>
    <message>
        <source>Process per task</source>
        <translation>每任务一个进程</translation>
    </message>
    <message>
        <source>Each task gets a process of its own: nothing is shared, and each start costs milliseconds.</source>
        <translation>每个任务都有自己的进程：什么都不共享，每次启动要花几毫秒。</translation>
    </message>
    <message>
        <source>Daemon</source>
        <translation>守护</translation>
    </message>
    <message>
        <source>Daemons end with the main program: it does not wait for them, and what they had not finished is lost.</source>
        <translation>守护线程和守护进程随主程序结束：主程序不等它们，没做完的就丢了。</translation>
    </message>
    <message>
        <source>Process pipes</source>
        <translation>进程管道</translation>
    </message>
    <message>
        <source>Each worker process has a two-way Pipe to the host, which hands the next task to whoever has answered.</source>
        <translation>每个工作进程与主进程之间有一条双向 Pipe；谁答复了，主进程就把下一个任务交给谁。</translation>
    </message>
    <message>
        <source>Process pool</source>
        <translation>进程池</translation>
    </message>
    <message>
        <source>Each worker is a process with its own GIL: computing overlaps; arguments and results travel through pipes.</source>
        <translation>每个工作者是一个进程，有自己的 GIL：计算可以并行；参数和结果经管道传送。</translation>
    </message>
    <message>
        <source>Process queue</source>
        <translation>进程队列</translation>
    </message>
    <message>
        <source>Worker processes take tasks from a multiprocessing.Queue and send results home through another.</source>
        <translation>工作进程从一个 multiprocessing.Queue 取任务，经另一个把结果送回。</translation>
    </message>
    <message>
        <source>Processes with threads</source>
        <translation>多进程加多线程</translation>
    </message>
    <message>
        <source>Each worker is a process with several threads: computing uses several cores, and waiting overlaps within each.</source>
        <translation>每个工作者是一个有多个线程的进程：计算用得上多个核，等待在各进程内部重叠。</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>How many threads each worker process has.</source>
        <translation>每个工作进程有几个线程。</translation>
    </message>
    <message>
        <source>One at a time</source>
        <translation>逐个执行</translation>
    </message>
    <message>
        <source>Sequential</source>
        <translation>顺序执行</translation>
    </message>
    <message>
        <source>The main thread does one task after the other, whatever the number of workers: the measure of all else.</source>
        <translation>主线程一个接一个地做，与工作者数量无关：它是其他模型的参照。</translation>
    </message>
    <message>
        <source>Shared memory</source>
        <translation>共享内存</translation>
    </message>
    <message>
        <source>Worker processes write results into one block of shared memory; only where they are travels home.</source>
        <translation>工作进程把结果写进同一块共享内存；送回来的只是位置。</translation>
    </message>
    <message>
        <source>Slot size</source>
        <translation>槽位大小</translation>
    </message>
    <message>
        <source>Room for one result in the shared block; a larger one travels through a pipe.</source>
        <translation>共享内存里给一个结果留的空间；放不下的经管道传送。</translation>
    </message>
    <message>
        <source>Thread per task</source>
        <translation>每任务一个线程</translation>
    </message>
    <message>
        <source>Each task gets a thread of its own. Joined one by one they take turns; started first and joined later they overlap.</source>
        <translation>每个任务都有自己的线程。启动一个就 join 一个，是串行；先全部启动再 join，则会重叠。</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>join 方式</translation>
    </message>
    <message>
        <source>each: wait for a thread before starting the next; all: start them, then wait for all.</source>
        <translation>逐个：等一个线程结束再启动下一个；全部：全都启动，然后一起等。</translation>
    </message>
    <message>
        <source>each</source>
        <translation>逐个</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Thread pool</source>
        <translation>线程池</translation>
    </message>
    <message>
        <source>Workers share one interpreter, and so one GIL: waiting overlaps, computing in Python takes turns.</source>
        <translation>工作线程共用一个解释器，也就共用一个 GIL：等待可以重叠，用 Python 计算要轮流。</translation>
    </message>
    <message>
        <source>Thread queue</source>
        <translation>线程队列</translation>
    </message>
    <message>
        <source>Worker threads take tasks from a bounded queue.Queue; where it is full, whoever fills it waits.</source>
        <translation>工作线程从有上限的 queue.Queue 取任务；队列满了，放任务的一方就等着。</translation>
    </message>
    <message>
        <source>Discipline</source>
        <translation>出队顺序</translation>
    </message>
    <message>
        <source>Which task is next: fifo, the oldest (Queue); lifo, the newest (LifoQueue); priority, every fourth task overtakes the others (PriorityQueue).</source>
        <translation>下一个是谁：fifo 先进先出（Queue）；lifo 后进先出（LifoQueue）；priority 每第四个任务插到前面（PriorityQueue）。</translation>
    </message>
    <message>
        <source>fifo</source>
        <translation>fifo</translation>
    </message>
    <message>
        <source>lifo</source>
        <translation>lifo</translation>
    </message>
    <message>
        <source>priority</source>
        <translation>priority</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Allocate</source>
        <translation>分配内存</translation>
    </message>
    <message>
        <source>Allocates memory, writes to each of its pages and holds it for a while: watch the memory of each process.</source>
        <translation>分配内存，写遍每一页，并占用一段时间：请看各进程的内存。</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>How much each task allocates.</source>
        <translation>每个任务分配多少。</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>占用时间</translation>
    </message>
    <message>
        <source>How long it is held.</source>
        <translation>占用多久。</translation>
    </message>
    <message>
        <source>Big result</source>
        <translation>大结果</translation>
    </message>
    <message>
        <source>Returns many bytes: free for threads, while processes must copy them home through a pipe.</source>
        <translation>返回大量字节：线程不费力，进程则要经管道把它们复制回来。</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果大小</translation>
    </message>
    <message>
        <source>Size of what each task returns.</source>
        <translation>每个任务返回的大小。</translation>
    </message>
    <message>
        <source>CPU in Python</source>
        <translation>Python 计算</translation>
    </message>
    <message>
        <source>Count primes</source>
        <translation>数素数</translation>
    </message>
    <message>
        <source>Counts the primes below a limit by trial division, in pure Python: the GIL is held throughout.</source>
        <translation>用纯 Python 试除，数出某个数以下的素数：始终占着 GIL。</translation>
    </message>
    <message>
        <source>Up to</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>Count the primes below this number.</source>
        <translation>数出小于这个数的素数。</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>浮动</translation>
    </message>
    <message>
        <source>How much the limit varies from task to task: 0.5 draws it from half to one and a half times.</source>
        <translation>各任务的上限浮动多少：0.5 表示在一半到一倍半之间。</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Echo</source>
        <translation>回显</translation>
    </message>
    <message>
        <source>Opens a TCP connection to a server on this machine, sends bytes and reads them back: real waiting for I/O.</source>
        <translation>连接本机上的 TCP 服务器，发出字节再读回来：真正的 I/O 等待。</translation>
    </message>
    <message>
        <source>Payload</source>
        <translation>数据量</translation>
    </message>
    <message>
        <source>Bytes sent and received by each task.</source>
        <translation>每个任务收发的字节数。</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>How long the server takes before it answers.</source>
        <translation>服务器过多久才答复。</translation>
    </message>
    <message>
        <source>Fail</source>
        <translation>出错</translation>
    </message>
    <message>
        <source>Fails with a probability: raises, exits, crashes or hangs. See what each model makes of it.</source>
        <translation>按概率出错：抛异常、退出、崩溃或卡死。看看各个模型怎么应对。</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>How many of the tasks fail: 0.1 is one in ten.</source>
        <translation>多少任务会出错：0.1 是十分之一。</translation>
    </message>
    <message>
        <source>How</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>An exception, an exit of the process, a crash in C, or a task that never ends.</source>
        <translation>异常、进程退出、C 代码崩溃，或永不结束的任务。</translation>
    </message>
    <message>
        <source>raise</source>
        <translation>raise</translation>
    </message>
    <message>
        <source>exit</source>
        <translation>exit</translation>
    </message>
    <message>
        <source>segfault</source>
        <translation>segfault</translation>
    </message>
    <message>
        <source>hang</source>
        <translation>hang</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>How long a task waits first.</source>
        <translation>任务先等多久。</translation>
    </message>
    <message>
        <source>Full queues</source>
        <translation>满了的队列</translation>
    </message>
    <message>
        <source>Two tasks each put items into the other&apos;s bounded queue before they read their own: once both are full, neither can go on.</source>
        <translation>两个任务各自先往对方的有界队列里放东西，再读自己的队列：两个队列都满之后，谁也无法继续。</translation>
    </message>
    <message>
        <source>How many items each task puts into the other&apos;s queue.</source>
        <translation>每个任务往对方的队列里放多少项。</translation>
    </message>
    <message>
        <source>Bound</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>How many items a queue holds; with room for all that is put there is no deadlock.</source>
        <translation>一个队列能装多少项；若能装下所有放入的东西，就不会死锁。</translation>
    </message>
    <message>
        <source>How long an item takes to make.</source>
        <translation>做出一项需要多久。</translation>
    </message>
    <message>
        <source>Global variable</source>
        <translation>全局变量</translation>
    </message>
    <message>
        <source>Changes a global: threads change that of the main program, each process only its own.</source>
        <translation>修改全局变量：线程改的是主程序的，进程只改自己的那一份。</translation>
    </message>
    <message>
        <source>Inherited lock</source>
        <translation>继承的锁</translation>
    </message>
    <message>
        <source>Takes a lock that a thread held while the workers came up: a forked process has the lock, but not that thread.</source>
        <translation>去拿一把锁，而工作者启动时有个线程正占着它：fork 出的进程带走了锁，却没带走那个线程。</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>占着锁</translation>
    </message>
    <message>
        <source>Whether a thread of the main process holds the lock while the workers come up.</source>
        <translation>工作者启动时，主进程里是否有线程占着锁。</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>耐心</translation>
    </message>
    <message>
        <source>After how long a task gives up; one that waits for its holder needs it.</source>
        <translation>任务等多久后放弃；要等持有者放手的任务需要它。</translation>
    </message>
    <message>
        <source>CPU in C</source>
        <translation>C 计算</translation>
    </message>
    <message>
        <source>JSON round trip</source>
        <translation>JSON 往返</translation>
    </message>
    <message>
        <source>Writes records as JSON and reads them back, in C that holds the GIL throughout: threads take turns.</source>
        <translation>把记录写成 JSON 再读回，用的是始终占着 GIL 的 C 代码：线程要轮流。</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>记录数</translation>
    </message>
    <message>
        <source>How many records the document holds (about 110 bytes each).</source>
        <translation>文档里有多少条记录（每条约 110 字节）。</translation>
    </message>
    <message>
        <source>Mandelbrot</source>
        <translation>曼德博集合</translation>
    </message>
    <message>
        <source>Computes one tile of a picture that assembles while the run lasts, in pure Python; tiles differ in cost.</source>
        <translation>用纯 Python 计算图像的一小块，图像在运行中逐渐拼成；各块的计算量不同。</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Width of the whole picture.</source>
        <translation>整幅图像的宽度。</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Height of the whole picture.</source>
        <translation>整幅图像的高度。</translation>
    </message>
    <message>
        <source>Tile</source>
        <translation>小块边长</translation>
    </message>
    <message>
        <source>Length of a tile&apos;s side: one tile is one task.</source>
        <translation>小块的边长：一块就是一个任务。</translation>
    </message>
    <message>
        <source>Iterations</source>
        <translation>迭代次数</translation>
    </message>
    <message>
        <source>After how many steps a point counts as inside: more show finer detail and take longer.</source>
        <translation>迭代多少步后算作集合内的点：越多细节越清晰，用时越长。</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视野</translation>
    </message>
    <message>
        <source>Which part of the plane is shown.</source>
        <translation>显示平面的哪一部分。</translation>
    </message>
    <message>
        <source>seahorses</source>
        <translation>海马谷</translation>
    </message>
    <message>
        <source>spiral</source>
        <translation>螺旋</translation>
    </message>
    <message>
        <source>whole set</source>
        <translation>整个集合</translation>
    </message>
    <message>
        <source>Mixed</source>
        <translation>混合</translation>
    </message>
    <message>
        <source>Computes in pure Python and then waits; the share of waiting can be turned during the run.</source>
        <translation>先用纯 Python 计算，再等待；等待的占比可以在运行中调节。</translation>
    </message>
    <message>
        <source>How long a task takes by itself: exact for the waiting, approximate for the computing.</source>
        <translation>单个任务要多久：等待部分准确，计算部分大致如此。</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待占比</translation>
    </message>
    <message>
        <source>0 only computes, 1 only waits. Tasks that start after a change follow it.</source>
        <translation>0 只计算，1 只等待。改动之后开始的任务按新值执行。</translation>
    </message>
    <message>
        <source>Uninterruptible nap</source>
        <translation>不可中断的睡眠</translation>
    </message>
    <message>
        <source>Sleeps and ignores SIGINT and SIGTERM: with a long nap, Stop has to end it with SIGKILL.</source>
        <translation>睡眠并忽略 SIGINT 和 SIGTERM：睡得久时，停止只能用 SIGKILL。</translation>
    </message>
    <message>
        <source>How long each nap lasts.</source>
        <translation>每次睡多久。</translation>
    </message>
    <message>
        <source>coordination</source>
        <translation>协调</translation>
    </message>
    <message>
        <source>Dining philosophers</source>
        <translation>哲学家就餐</translation>
    </message>
    <message>
        <source>Each task needs two forks (locks) of a round table: taken naively they deadlock, taken in order they never do.</source>
        <translation>每个任务需要圆桌上的两把叉子（锁）：随意去拿会死锁，按顺序拿则不会。</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>顺序</translation>
    </message>
    <message>
        <source>Which fork is taken first: the left one (ends in a deadlock) or the one with the lower number (never does).</source>
        <translation>先拿哪把叉子：左边的（最终死锁），或编号小的（不会死锁）。</translation>
    </message>
    <message>
        <source>naive</source>
        <translation>先拿左边的</translation>
    </message>
    <message>
        <source>ordered</source>
        <translation>先拿编号小的</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>停顿</translation>
    </message>
    <message>
        <source>queue: the tasks wait in the manager; dict, list: the results are put there; dict and list: the results into the list, and each worker&apos;s PID into the dict.</source>
        <translation>queue：任务在 Manager 里排队；dict、list：结果放在那里；dict 和 list：结果放进列表，各工作进程的 PID 放进字典。</translation>
    </message>
    <message>
        <source>Nested lock</source>
        <translation>嵌套的锁</translation>
    </message>
    <message>
        <source>Takes a lock twice, one inside the other: an RLock lets its holder in again, a Lock deadlocks with itself.</source>
        <translation>在锁内再拿同一把锁：RLock 让持有者再次进入，Lock 则和自己死锁。</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>What is taken twice: a Lock (its holder waits for itself, for ever) or an RLock (it does not).</source>
        <translation>拿两次的是什么：Lock（持有者永远等自己）或 RLock（不会）。</translation>
    </message>
    <message>
        <source>How long a task holds the lock before it takes it again.</source>
        <translation>任务拿着锁多久后再拿一次。</translation>
    </message>
    <message>
        <source>How long a philosopher waits between the first fork and the second.</source>
        <translation>哲学家拿到第一把叉子后，停多久再拿第二把。</translation>
    </message>
    <message>
        <source>Meal</source>
        <translation>进餐</translation>
    </message>
    <message>
        <source>How long a meal lasts.</source>
        <translation>一餐吃多久。</translation>
    </message>
    <message>
        <source>Print lines</source>
        <translation>打印行</translation>
    </message>
    <message>
        <source>Prints numbered lines with a pause between them: see how the output of several workers interleaves.</source>
        <translation>打印带编号的行，行间停顿：看多个工作者的输出如何交错。</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>How many lines each task prints.</source>
        <translation>每个任务打印几行。</translation>
    </message>
    <message>
        <source>How long a task waits after each line.</source>
        <translation>每打印一行后等多久。</translation>
    </message>
    <message>
        <source>Process info</source>
        <translation>进程信息</translation>
    </message>
    <message>
        <source>Prints the main module&apos;s name, the parent&apos;s PID and the own one, and who executed the top of the file.</source>
        <translation>打印主模块名、父进程和自身的 PID，以及文件顶层由谁执行。</translation>
    </message>
    <message>
        <source>Producer and consumer</source>
        <translation>生产者与消费者</translation>
    </message>
    <message>
        <source>Even tasks put items into a bounded buffer, odd tasks take them out; each waits for the other.</source>
        <translation>偶数号任务往有上限的缓冲区里放，奇数号任务从中取；双方互相等待。</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>项目数</translation>
    </message>
    <message>
        <source>main</source>
        <translation>主线程</translation>
    </message>
    <message>
        <source>the Lock</source>
        <translation>Lock 锁</translation>
    </message>
    <message>
        <source>the RLock</source>
        <translation>RLock 锁</translation>
    </message>
    <message>
        <source>the Semaphore</source>
        <translation>Semaphore 信号量</translation>
    </message>
    <message>
        <source>the BoundedSemaphore</source>
        <translation>BoundedSemaphore 信号量</translation>
    </message>
    <message>
        <source>the Condition</source>
        <translation>Condition 条件</translation>
    </message>
    <message>
        <source>the Event</source>
        <translation>Event 事件</translation>
    </message>
    <message>
        <source>the Barrier</source>
        <translation>Barrier 屏障</translation>
    </message>
    <message>
        <source>room</source>
        <translation>空位</translation>
    </message>
    <message>
        <source>items</source>
        <translation>存货</translation>
    </message>
    <message>
        <source>buffer</source>
        <translation>缓冲区</translation>
    </message>
    <message>
        <source>tally</source>
        <translation>计数本</translation>
    </message>
    <message>
        <source>the data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>count of readers</source>
        <translation>读者数</translation>
    </message>
    <message>
        <source>results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>counter</source>
        <translation>计数器</translation>
    </message>
    <message>
        <source>How many items each task produces or consumes.</source>
        <translation>每个任务生产或消费几个。</translation>
    </message>
    <message>
        <source>Buffer</source>
        <translation>缓冲区</translation>
    </message>
    <message>
        <source>How many items the buffer holds.</source>
        <translation>缓冲区能放几个。</translation>
    </message>
    <message>
        <source>How long an item takes to make or to use.</source>
        <translation>生产或消费一个要多久。</translation>
    </message>
    <message>
        <source>Read a file</source>
        <translation>读文件</translation>
    </message>
    <message>
        <source>Reads a block of a file and sums it up. It comes from the page cache (memory), so no disk is waited for.</source>
        <translation>读取文件的一块并求和。数据来自页缓存（内存），所以不必等磁盘。</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件大小</translation>
    </message>
    <message>
        <source>your own</source>
        <translation>你自己的</translation>
    </message>
    <message>
        <source>My function</source>
        <translation>我的函数</translation>
    </message>
    <message>
        <source>Calls a function of a Python file of your own, once for each input.</source>
        <translation>对每个输入调用一次你自己的 Python 文件中的函数。</translation>
    </message>
    <message>
        <source>The Python file that has the function.</source>
        <translation>包含该函数的 Python 文件。</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>Its name in the file.</source>
        <translation>它在文件中的名称。</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>A list, range(...), @FILE.csv:COLUMN, @FILE.jsonl, or :GENERATOR of the same file.</source>
        <translation>列表、range(...)、@文件.csv:列、@文件.jsonl，或同一文件中的生成器（:名称）。</translation>
    </message>
    <message>
        <source>Size of the file, written before the run.</source>
        <translation>文件的大小，运行前写好。</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>块大小</translation>
    </message>
    <message>
        <source>How much each task reads, from a place of its own; at most the whole file.</source>
        <translation>每个任务从各自的位置读多少；最多读整个文件。</translation>
    </message>
    <message>
        <source>Readers and writers</source>
        <translation>读者与写者</translation>
    </message>
    <message>
        <source>Many tasks read what few tasks write: readers share a lock, and a writer has it for itself.</source>
        <translation>多数任务读，少数任务写：读者共用一把锁，写者独占它。</translation>
    </message>
    <message>
        <source>Share of writers</source>
        <translation>写者占比</translation>
    </message>
    <message>
        <source>How many of the tasks write: 0.1 is one in ten.</source>
        <translation>多少任务是写：0.1 是十分之一。</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>读取时间</translation>
    </message>
    <message>
        <source>How long reading takes.</source>
        <translation>读一次要多久。</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>写入时间</translation>
    </message>
    <message>
        <source>How long writing takes.</source>
        <translation>写一次要多久。</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Hashes a block of bytes in C, which releases the GIL while it computes: threads do overlap.</source>
        <translation>用 C 计算一块字节的哈希，计算时放开 GIL：线程确实能并行。</translation>
    </message>
    <message>
        <source>Size of the block that each task hashes.</source>
        <translation>每个任务计算多大的块。</translation>
    </message>
    <message>
        <source>Shared counter</source>
        <translation>共享计数器</translation>
    </message>
    <message>
        <source>Adds to one counter from all workers without a lock, and loses updates; a bare += hides that in threads, by luck of today&apos;s CPython.</source>
        <translation>所有工作者不加锁地给同一个计数器加一，会丢失更新；在线程里直接写 += 看不出来，那只是如今的 CPython 碰巧如此。</translation>
    </message>
    <message>
        <source>Increments</source>
        <translation>加一次数</translation>
    </message>
    <message>
        <source>How often each task adds one.</source>
        <translation>每个任务加几次一。</translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>写法</translation>
    </message>
    <message>
        <source>How one is added: with a Python call between reading and writing, or by a bare +=.</source>
        <translation>如何加一：在读和写之间调用一个 Python 函数，或直接 +=。</translation>
    </message>
    <message>
        <source>read, call, write</source>
        <translation>读、调用、写</translation>
    </message>
    <message>
        <source>+=</source>
        <translation>+=</translation>
    </message>
    <message>
        <source>Shared list</source>
        <translation>共享列表</translation>
    </message>
    <message>
        <source>Appends to a list: threads all append to the same one, each process to a copy of its own.</source>
        <translation>往列表里追加：线程都追加到同一个列表，进程各自追加到自己的副本。</translation>
    </message>
    <message>
        <source>How long a task waits after it has appended.</source>
        <translation>追加之后等多久。</translation>
    </message>
    <message>
        <source>Sleep</source>
        <translation>睡眠</translation>
    </message>
    <message>
        <source>Waits and computes nothing, as for a slow disk or server: needs neither a core nor the GIL.</source>
        <translation>只等待，不计算，就像在等慢磁盘或服务器：既不占核，也不占 GIL。</translation>
    </message>
    <message>
        <source>How long each task sleeps.</source>
        <translation>每个任务睡多久。</translation>
    </message>
    <message>
        <source>How much the duration varies from task to task: 0.5 draws it from half to one and a half times.</source>
        <translation>各任务的时长浮动多少：0.5 表示在一半到一倍半之间。</translation>
    </message>
    <message>
        <source>Small list</source>
        <translation>小列表</translation>
    </message>
    <message>
        <source>Returns [42, None, &apos;hello&apos;]: see how it gets home from a thread, and how from a process.</source>
        <translation>返回 [42, None, &apos;hello&apos;]：看它怎样从线程回来，又怎样从进程回来。</translation>
    </message>
    <message>
        <source>Tally</source>
        <translation>累计</translation>
    </message>
    <message>
        <source>Counts items and adds them to a shared sum under a lock: taken for each item, or once for each task.</source>
        <translation>逐项计数，加锁后累加到共享的总和：可以每项拿一次锁，也可以每个任务只拿一次。</translation>
    </message>
    <message>
        <source>How many items each task counts.</source>
        <translation>每个任务数多少项。</translation>
    </message>
    <message>
        <source>When the lock is taken: for a moment after each item, or once at the end of each task.</source>
        <translation>何时拿锁：每项之后拿一下，或每个任务结束时拿一次。</translation>
    </message>
    <message>
        <source>each item</source>
        <translation>每项</translation>
    </message>
    <message>
        <source>each task</source>
        <translation>每个任务</translation>
    </message>
    <message>
        <source>Third task</source>
        <translation>第三个任务</translation>
    </message>
    <message>
        <source>All workers wait for items that only a task still in line would put: it needs a worker, and they need it.</source>
        <translation>所有工作者都在等只有仍在排队的任务才会放入的东西：它需要一个工作者，而工作者需要它。</translation>
    </message>
    <message>
        <source>Who puts</source>
        <translation>谁放入</translation>
    </message>
    <message>
        <source>The task after those that fill the workers (last: a deadlock) or the one before them (first: never one).</source>
        <translation>占满工作者的那些任务之后的一个（last：死锁），或它们之前的一个（first：从不死锁）。</translation>
    </message>
    <message>
        <source>last</source>
        <translation>最后一个</translation>
    </message>
    <message>
        <source>first</source>
        <translation>第一个</translation>
    </message>
    <message>
        <source>Waits on itself</source>
        <translation>等待自己</translation>
    </message>
    <message>
        <source>Hands a part of its work to its own pool and waits for it: once all workers wait, nobody is left to do it.</source>
        <translation>把自己的一部分工作交给自己所在的池，并等待结果：所有工作者都在等之后，就没有谁来做了。</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分工作</translation>
    </message>
    <message>
        <source>Where the part goes: into the pool (a deadlock when all workers wait) or it is done at once, by the task itself (never).</source>
        <translation>这部分交到哪里：交给池（所有工作者都在等时死锁），或由任务自己立即完成（从不死锁）。</translation>
    </message>
    <message>
        <source>into the pool</source>
        <translation>交给池</translation>
    </message>
    <message>
        <source>done at once</source>
        <translation>立即完成</translation>
    </message>
    <message>
        <source>How long a task works before it needs its part.</source>
        <translation>任务在需要那部分之前工作多久。</translation>
    </message>
    <message>
        <source>zlib</source>
        <translation>zlib</translation>
    </message>
    <message>
        <source>Compresses a block of text in C, which releases the GIL while it computes: threads do overlap.</source>
        <translation>用 C 压缩一块文本，计算时放开 GIL：线程确实能并行。</translation>
    </message>
    <message>
        <source>Size of the text that each task compresses.</source>
        <translation>每个任务压缩多大的文本。</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>1 is quickest, 9 compresses most, 0 only copies.</source>
        <translation>1 最快，9 压缩率最高，0 只复制。</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>sleeping</source>
        <translation>睡眠</translation>
    </message>
    <message>
        <source>disk wait</source>
        <translation>等磁盘</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>traced</source>
        <translation>被跟踪</translation>
    </message>
    <message>
        <source>zombie</source>
        <translation>僵尸</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>dead</source>
        <translation>已死</translation>
    </message>
    <message>
        <source>parked</source>
        <translation>驻留</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>expected</source>
        <translation>应为</translation>
    </message>
    <message>
        <source>actual</source>
        <translation>实际</translation>
    </message>
    <message>
        <source>lost updates</source>
        <translation>丢失的更新</translation>
    </message>
    <message>
        <source>produced</source>
        <translation>生产</translation>
    </message>
    <message>
        <source>consumed</source>
        <translation>消费</translation>
    </message>
    <message>
        <source>left in buffer</source>
        <translation>缓冲区剩余</translation>
    </message>
    <message>
        <source>reads</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>writes</source>
        <translation>写入</translation>
    </message>
    <message>
        <source>most readers at once</source>
        <translation>同时读者最多</translation>
    </message>
    <message>
        <source>torn reads</source>
        <translation>读到半截</translation>
    </message>
    <message>
        <source>sum</source>
        <translation>总和</translation>
    </message>
    <message>
        <source>list id</source>
        <translation>列表 id</translation>
    </message>
    <message>
        <source>length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺少</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已改变</translation>
    </message>
    <message>
        <source>module name</source>
        <translation>模块名</translation>
    </message>
    <message>
        <source>parent process</source>
        <translation>父进程</translation>
    </message>
    <message>
        <source>process id</source>
        <translation>进程号</translation>
    </message>
</context>
<context>
    <name>Chart</name>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
    <message>
        <source>Starting: the host process is being launched …</source>
        <translation>正在启动：主进程启动中…</translation>
    </message>
    <message>
        <source>Starting: workers come up; the clock starts when all are ready …</source>
        <translation>正在启动：工作者陆续就绪，全部就绪后开始计时…</translation>
    </message>
    <message>
        <source>It was stopped.</source>
        <translation>它被停止了。</translation>
    </message>
    <message>
        <source>The run ended before its clock started. {reason}</source>
        <translation>运行在开始计时之前就结束了。{reason}</translation>
    </message>
    <message>
        <source>The run is being stopped; its clock had not started.</source>
        <translation>正在停止；还没有开始计时。</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} s</translation>
    </message>
</context>
<context>
    <name>ChoicePanel</name>
    <message>
        <source>WORKERS</source>
        <translation>工作者</translation>
    </message>
    <message>
        <source>WORKLOAD</source>
        <translation>负载</translation>
    </message>
    <message>
        <source>YOUR FUNCTION</source>
        <translation>你的函数</translation>
    </message>
    <message>
        <source>There is no model {0!r} here: {1} is chosen.</source>
        <translation>这里没有模型 {0!r}：已改选“{1}”。</translation>
    </message>
    <message>
        <source>There is no workload {0!r} here: {1} is chosen.</source>
        <translation>这里没有负载 {0!r}：已改选“{1}”。</translation>
    </message>
    <message>
        <source>{0} cannot run under Python {1}: {2}; {3} is chosen instead.</source>
        <translation>“{0}”不能在 Python {1} 下运行：{2}；已改选“{3}”。</translation>
    </message>
</context>
<context>
    <name>CodePanel</name>
    <message>
        <source>The same, as a script</source>
        <translation>同样的内容，写成脚本</translation>
    </message>
    <message>
        <source>THE SAME, AS A SCRIPT</source>
        <translation>同样的内容，写成脚本</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the script</source>
        <translation>复制脚本</translation>
    </message>
    <message>
        <source>Save …</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Save the script to a file …</source>
        <translation>将脚本存为文件…</translation>
    </message>
    <message>
        <source>Run the script in a terminal</source>
        <translation>在终端运行脚本</translation>
    </message>
    <message>
        <source>Python (*.py)</source>
        <translation>Python (*.py)</translation>
    </message>
    <message>
        <source>Save the script</source>
        <translation>保存脚本</translation>
    </message>
    <message>
        <source>The script is being written …</source>
        <translation>正在生成脚本…</translation>
    </message>
    <message>
        <source>What is chosen on the left appears here as a script of its own.</source>
        <translation>左边所选的内容会在这里写成一个独立的脚本。</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>the script would hide or overwrite a file that it needs; give it another name or folder</source>
        <translation>脚本会遮蔽或覆盖它所需要的文件；请换一个名称或文件夹</translation>
    </message>
    <message>
        <source>No terminal was found. Paste this into one, it has been copied: {0}</source>
        <translation>没有找到终端。请把这条命令粘贴到终端里，它已复制：{0}</translation>
    </message>
    <message>
        <source>No terminal was found here: the command is copied instead, to be pasted into one.</source>
        <translation>这里没有找到终端：命令已复制，请粘贴到终端里。</translation>
    </message>
    <message>
        <source>Run in a terminal</source>
        <translation>在终端运行</translation>
    </message>
    <message>
        <source>Press Enter to close this window.</source>
        <translation>按 Enter 关闭此窗口。</translation>
    </message>
    <message>
        <source>{0} could not be opened: {1}.</source>
        <translation>无法打开 {0}：{1}。</translation>
    </message>
    <message>
        <source>The script was not saved: {0}.</source>
        <translation>脚本没有保存：{0}。</translation>
    </message>
</context>
<context>
    <name>CodeView</name>
    <message>
        <source>The script</source>
        <translation>脚本</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Filter commands</source>
        <translation>筛选命令</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>想做什么？</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>Saved {0}.</source>
        <translation>已保存 {0}。</translation>
    </message>
    <message>
        <source>Kept runs (*.threadmill)</source>
        <translation>保留的运行 (*.threadmill)</translation>
    </message>
    <message>
        <source>Import a kept run</source>
        <translation>导入保留的运行</translation>
    </message>
    <message>
        <source>Export a kept run</source>
        <translation>导出保留的运行</translation>
    </message>
    <message>
        <source>Choose a run on the left, then press “As ghost” (G).</source>
        <translation>在左边选择一次运行，然后按“作为对照”（G）。</translation>
    </message>
    <message>
        <source>No run is kept yet.</source>
        <translation>还没有保留的运行。</translation>
    </message>
    <message>
        <source>Finished runs are not kept: the settings (Ctrl+,) say 0. Import a file, or let some be kept.</source>
        <translation>结束的运行不保留：设置（Ctrl+,）里是 0。请导入文件，或在设置里允许保留。</translation>
    </message>
    <message>
        <source>Every run that ends is kept here. Run something in Explore (Ctrl+1), twice, to compare.</source>
        <translation>每次结束的运行都保留在这里。在“探索”（Ctrl+1）里运行两次，就能比较。</translation>
    </message>
    <message>
        <source>Python {0}</source>
        <translation>Python {0}</translation>
    </message>
    <message>
        <source>{0}/s</source>
        <translation>{0}/s</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>已固定</translation>
    </message>
    <message>
        <source>Choose a second run on the left.</source>
        <translation>在左边再选择一次运行。</translation>
    </message>
    <message>
        <source>Here it will say how the two runs differ.</source>
        <translation>这里会说明两次运行有何不同。</translation>
    </message>
    <message>
        <source>What was changed</source>
        <translation>改了什么</translation>
    </message>
    <message>
        <source>What came of it</source>
        <translation>结果如何</translation>
    </message>
    <message>
        <source>Where the time went</source>
        <translation>时间去向</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Lost, failed, dropped</source>
        <translation>丢失、失败、丢弃</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>workload</source>
        <translation>负载</translation>
    </message>
    <message>
        <source>workers</source>
        <translation>工作者数</translation>
    </message>
    <message>
        <source>tasks</source>
        <translation>任务数</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>秒数</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>option {0}</source>
        <translation>选项 {0}</translation>
    </message>
    <message>
        <source>parameter {0}</source>
        <translation>参数 {0}</translation>
    </message>
    <message>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <source>interpreter</source>
        <translation>解释器</translation>
    </message>
    <message>
        <source>throughput</source>
        <translation>吞吐量</translation>
    </message>
    <message>
        <source>elapsed</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>start-up</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>tasks done</source>
        <translation>完成的任务</translation>
    </message>
    <message>
        <source>time of all lanes</source>
        <translation>所有执行者的时间</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>GIL</source>
        <translation>GIL</translation>
    </message>
    <message>
        <source>waiting for a core</source>
        <translation>等核</translation>
    </message>
    <message>
        <source>lock</source>
        <translation>锁</translation>
    </message>
    <message>
        <source>queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>sleep, IO</source>
        <translation>睡眠、IO</translation>
    </message>
    <message>
        <source>pickling</source>
        <translation>序列化</translation>
    </message>
    <message>
        <source>on its way</source>
        <translation>传送中</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>waited, p50</source>
        <translation>等待，p50</translation>
    </message>
    <message>
        <source>waited, p90</source>
        <translation>等待，p90</translation>
    </message>
    <message>
        <source>waited, p99</source>
        <translation>等待，p99</translation>
    </message>
    <message>
        <source>waited, longest</source>
        <translation>等待，最长</translation>
    </message>
    <message>
        <source>took, p50</source>
        <translation>执行，p50</translation>
    </message>
    <message>
        <source>took, p90</source>
        <translation>执行，p90</translation>
    </message>
    <message>
        <source>took, p99</source>
        <translation>执行，p99</translation>
    </message>
    <message>
        <source>took, longest</source>
        <translation>执行，最长</translation>
    </message>
    <message>
        <source>processes</source>
        <translation>进程数</translation>
    </message>
    <message>
        <source>CPU: {0}</source>
        <translation>CPU：{0}</translation>
    </message>
    <message>
        <source>CPU per process</source>
        <translation>每个进程的 CPU</translation>
    </message>
    <message>
        <source>memory, largest</source>
        <translation>内存，最大的进程</translation>
    </message>
    <message>
        <source>tasks lost</source>
        <translation>丢失的任务</translation>
    </message>
    <message>
        <source>tasks failed</source>
        <translation>失败的任务</translation>
    </message>
    <message>
        <source>events dropped</source>
        <translation>丢弃的事件</translation>
    </message>
    <message>
        <source>{0}</source>
        <translation>{0}</translation>
    </message>
    <message>
        <source>Not the same work ({0}): compare with care.</source>
        <translation>做的不是同样的工作（{0}）：比较时请小心。</translation>
    </message>
    <message>
        <source>{0} was stopped: its figures are of what was done until then.</source>
        <translation>{0} 被停止：数字只包括到那时为止所做的。</translation>
    </message>
    <message>
        <source>{0} failed: its figures are of what was done until then.</source>
        <translation>{0} 失败：数字只包括到那时为止所做的。</translation>
    </message>
    <message>
        <source>{0} ended in a deadlock: its figures are of what was done until then.</source>
        <translation>{0} 以死锁告终：数字只包括到那时为止所做的。</translation>
    </message>
    <message>
        <source>{0} was changed while it ran ({1}): its configuration is that of its start.</source>
        <translation>{0} 在运行中被改变（{1}）：配置是开始时的。</translation>
    </message>
    <message>
        <source>Not the same machine: {0} / {1}.</source>
        <translation>不是同一台机器：{0} / {1}。</translation>
    </message>
    <message>
        <source>Not the same Python: {0} / {1}.</source>
        <translation>不是同一个 Python：{0} / {1}。</translation>
    </message>
    <message>
        <source>The GIL was on in {0} and off in {1}.</source>
        <translation>{0} 的 GIL 开着，{1} 的关着。</translation>
    </message>
    <message>
        <source>Recorded by different versions of Threadmill: {0} / {1}.</source>
        <translation>由不同版本的 Threadmill 记录：{0} / {1}。</translation>
    </message>
    <message>
        <source>{0} dropped {1} events: more was done than its accounts and latencies show.</source>
        <translation>{0} 丢弃了 {1} 个事件：实际做的比时间去向和延迟显示的多。</translation>
    </message>
    <message>
        <source>The checksums are equal: both computed the same.</source>
        <translation>校验和相同：两次算出的结果一样。</translation>
    </message>
    <message>
        <source>The same work, and the checksums differ: the results are not the same.</source>
        <translation>工作相同而校验和不同：结果不一样。</translation>
    </message>
    <message>
        <source>The checksums differ, as the work does.</source>
        <translation>校验和不同，因为工作不同。</translation>
    </message>
    <message>
        <source>Whether both computed the same is not known: a checksum is missing.</source>
        <translation>不知道两次算出的是否一样：缺少校验和。</translation>
    </message>
    <message>
        <source>The same configuration was run twice.</source>
        <translation>同样的配置运行了两次。</translation>
    </message>
    <message>
        <source>One run each: what differs may be chance.</source>
        <translation>各只运行一次：差别可能出于偶然。</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>faster</source>
        <translation>更快</translation>
    </message>
    <message>
        <source>slower</source>
        <translation>更慢</translation>
    </message>
    <message>
        <source>longer</source>
        <translation>更长</translation>
    </message>
    <message>
        <source>shorter</source>
        <translation>更短</translation>
    </message>
    <message>
        <source>more</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>less</source>
        <translation>更少</translation>
    </message>
    <message>
        <source>same</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已改</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新出现</translation>
    </message>
    <message>
        <source>gone</source>
        <translation>已消失</translation>
    </message>
    <message>
        <source>A</source>
        <translation>A</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>B - A</source>
        <translation>B - A</translation>
    </message>
</context>
<context>
    <name>CompareBars</name>
    <message>
        <source>Where the time of both runs went</source>
        <translation>两次运行的时间去向</translation>
    </message>
    <message>
        <source>{letter}: {kind} {s} s, {n} % of {wall} s</source>
        <translation>{letter}：{kind} {s} s，占 {wall} s 的 {n} %</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} s</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n} %</translation>
    </message>
</context>
<context>
    <name>CompareChart</name>
    <message>
        <source>Comparison</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Save or copy the comparison</source>
        <translation>保存或复制比较</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>吞吐量</translation>
    </message>
    <message>
        <source>Where the time went</source>
        <translation>时间去向</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
</context>
<context>
    <name>CompareLatency</name>
    <message>
        <source>Latency of both runs</source>
        <translation>两次运行的延迟</translation>
    </message>
    <message>
        <source>{letter}: p50 {p50}, p90 {p90}, p99 {p99}</source>
        <translation>{letter}：p50 {p50}，p90 {p90}，p99 {p99}</translation>
    </message>
    <message>
        <source>Waited to be begun</source>
        <translation>等待开始</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>执行</translation>
    </message>
</context>
<context>
    <name>CompareRates</name>
    <message>
        <source>Throughput of both runs over time</source>
        <translation>两次运行的吞吐量随时间的变化</translation>
    </message>
    <message>
        <source>{letter}: {rate} tasks/s on average over {seconds} s</source>
        <translation>{letter}：{seconds} s 内平均 {rate} 任务/s</translation>
    </message>
    <message>
        <source>{0}, cut short</source>
        <translation>{0}，提前结束</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} s</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>SIDE BY SIDE</source>
        <translation>对照</translation>
    </message>
    <message>
        <source>Bold: what the run had to show.</source>
        <translation>粗体：这次运行应当表现出来的。</translation>
    </message>
    <message>
        <source>showed all that it should</source>
        <translation>该出现的都出现了</translation>
    </message>
    <message>
        <source>did not show all that it should</source>
        <translation>该出现的没有全出现</translation>
    </message>
    <message>
        <source>Its proof is about this figure.</source>
        <translation>它的验证看的就是这个数。</translation>
    </message>
</context>
<context>
    <name>CrashOffer</name>
    <message>
        <source>Show the report</source>
        <translation>显示报告</translation>
    </message>
    <message>
        <source>Show the report of the last crash</source>
        <translation>显示最近一次崩溃的报告</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Say no more of the crash</source>
        <translation>不再提示这次崩溃</translation>
    </message>
</context>
<context>
    <name>CrossoverMap</name>
    <message>
        <source>Crossover</source>
        <translation>交叉点</translation>
    </message>
    <message>
        <source>task (s)</source>
        <translation>任务 (s)</translation>
    </message>
    <message>
        <source>ahead (times)</source>
        <translation>领先（倍）</translation>
    </message>
    <message>
        <source>Measure tasks of several sizes: here it is shown which model wins from which length of a task on.</source>
        <translation>测量几种大小的任务：这里显示从多长的任务开始哪个模型胜出。</translation>
    </message>
    <message>
        <source>a task takes</source>
        <translation>每个任务耗时</translation>
    </message>
    <message>
        <source>workers</source>
        <translation>工作者</translation>
    </message>
    <message>
        <source>{0} ×</source>
        <translation>{0} ×</translation>
    </message>
    <message>
        <source>A task of {0}, {1} workers: {2}</source>
        <translation>任务 {0}，{1} 个工作者：{2}</translation>
    </message>
    <message>
        <source>{0} tasks/s ({1})</source>
        <translation>{0} 任务/秒（{1}）</translation>
    </message>
    <message>
        <source>beyond the noise</source>
        <translation>超出噪声</translation>
    </message>
    <message>
        <source>within the noise</source>
        <translation>在噪声之内</translation>
    </message>
    <message>
        <source>{0} times {1}, {2}</source>
        <translation>是{1}的 {0} 倍，{2}</translation>
    </message>
</context>
<context>
    <name>DeadlockOffer</name>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Show who waits for whom</source>
        <translation>显示谁在等谁</translation>
    </message>
    <message>
        <source>Waits that can be broken off</source>
        <translation>可以打断的等待</translation>
    </message>
    <message>
        <source>Break one wait</source>
        <translation>打断一个等待</translation>
    </message>
    <message>
        <source>Break one wait, so that the others go on</source>
        <translation>打断一个等待，让其余的继续</translation>
    </message>
    <message>
        <source>Stop the deadlocked run</source>
        <translation>停止死锁的运行</translation>
    </message>
    <message numerus="yes">
        <source>%n more in the picture of the waits</source>
        <translation>
            <numerusform>等待图中还有 %n 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DiffPanel</name>
    <message>
        <source>not chosen</source>
        <translation>未选择</translation>
    </message>
    <message>
        <source>The comparison is on the clipboard.</source>
        <translation>比较已复制到剪贴板。</translation>
    </message>
    <message>
        <source>There is nothing to save yet: choose two runs.</source>
        <translation>还没有可保存的内容：请选择两次运行。</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>逗号分隔值 (*.csv)</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>交换</translation>
    </message>
    <message>
        <source>Swap A and B</source>
        <translation>交换 A 和 B</translation>
    </message>
    <message>
        <source>Run A again</source>
        <translation>再运行 A</translation>
    </message>
    <message>
        <source>Set A up in Explore, ready to be run</source>
        <translation>在“探索”里设好 A，随时可运行</translation>
    </message>
    <message>
        <source>A as ghost</source>
        <translation>A 作为对照</translation>
    </message>
    <message>
        <source>Lay A behind the runs of Explore, or take it away</source>
        <translation>把 A 放到“探索”的运行后面作对照，或取消</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the comparison as text</source>
        <translation>把比较复制为文本</translation>
    </message>
    <message>
        <source>CSV …</source>
        <translation>CSV …</translation>
    </message>
    <message>
        <source>Save the comparison as CSV</source>
        <translation>把比较存为 CSV</translation>
    </message>
</context>
<context>
    <name>DiffTable</name>
    <message>
        <source>How run B differs from run A</source>
        <translation>运行 B 与运行 A 有何不同</translation>
    </message>
</context>
<context>
    <name>Ending</name>
    <message>
        <source>What ends the run</source>
        <translation>何时结束</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>任务数</translation>
    </message>
    <message>
        <source>Ends when this many tasks are done.</source>
        <translation>做完这么多任务就结束。</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>秒数</translation>
    </message>
    <message>
        <source>Hands out tasks for this long.</source>
        <translation>在这段时间内分发任务。</translation>
    </message>
    <message>
        <source>Either</source>
        <translation>先到为准</translation>
    </message>
    <message>
        <source>Tasks or seconds, whichever comes first.</source>
        <translation>任务数或秒数，哪个先到算哪个。</translation>
    </message>
    <message>
        <source>On Stop</source>
        <translation>手动停止</translation>
    </message>
    <message>
        <source>Runs until you press Stop.</source>
        <translation>一直运行到按下停止。</translation>
    </message>
    <message>
        <source>Number of tasks</source>
        <translation>任务数量</translation>
    </message>
    <message>
        <source>Seconds to run</source>
        <translation>运行秒数</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>The number of tasks</source>
        <translation>任务数量</translation>
    </message>
    <message>
        <source>The number of seconds</source>
        <translation>秒数</translation>
    </message>
    <message>
        <source>Once</source>
        <translation>一次</translation>
    </message>
    <message>
        <source>Calls the function once for each input.</source>
        <translation>对每个输入调用一次函数。</translation>
    </message>
    <message>
        <source>for every input</source>
        <translation>对每个输入</translation>
    </message>
</context>
<context>
    <name>ErrorDialog</name>
    <message>
        <source>Something went wrong in Threadmill</source>
        <translation>Threadmill 出了问题</translation>
    </message>
    <message>
        <source>Details of the error</source>
        <translation>错误详情</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>An error that Threadmill did not expect: {0}</source>
        <translation>Threadmill 没有料到的错误：{0}</translation>
    </message>
    <message>
        <source>{0} errors that Threadmill did not expect; the latest: {1}</source>
        <translation>{0} 个 Threadmill 没有料到的错误；最近一个：{1}</translation>
    </message>
    <message>
        <source>The window goes on. If it behaves oddly, restart it; please report the details below.</source>
        <translation>窗口继续工作。如有异常请重新启动；并请报告下面的详情。</translation>
    </message>
</context>
<context>
    <name>Explained</name>
    <message>
        <source>WHAT TO LOOK AT</source>
        <translation>看什么</translation>
    </message>
    <message>
        <source>Show me</source>
        <translation>指给我看</translation>
    </message>
    <message>
        <source>WHAT IT MEANS</source>
        <translation>说明了什么</translation>
    </message>
    <message>
        <source>After the run</source>
        <translation>运行之后</translation>
    </message>
    <message>
        <source>FURTHER READING</source>
        <translation>延伸阅读</translation>
    </message>
    <message>
        <source>Further reading</source>
        <translation>延伸阅读</translation>
    </message>
    <message>
        <source>Open in Explore</source>
        <translation>在“探索”中打开</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>With the numbers of: {0}</source>
        <translation>数字来自：{0}</translation>
    </message>
    <message>
        <source>Run again: {0}</source>
        <translation>再运行一次：{0}</translation>
    </message>
</context>
<context>
    <name>FilmChoice</name>
    <message>
        <source>Which film</source>
        <translation>哪段回放</translation>
    </message>
</context>
<context>
    <name>FilmView</name>
    <message>
        <source>Race film</source>
        <translation>竞态回放</translation>
    </message>
    <message>
        <source>Race film: a lost update, step by step</source>
        <translation>竞态回放：一次丢失的更新，逐步展示</translation>
    </message>
    <message>
        <source>Previous step</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>右</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>停顿</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Step {a} of {b}</source>
        <translation>第 {a} 步，共 {b} 步</translation>
    </message>
</context>
<context>
    <name>FilmWords</name>
    <message>
        <source>{lane} reads {value}.</source>
        <translation>{lane} 读到 {value}。</translation>
    </message>
    <message numerus="yes">
        <source>%n update(s) are gone.</source>
        <translation>
            <numerusform>%n 次更新没了。</numerusform>
        </translation>
    </message>
    <message>
        <source>{lane} writes {value}.</source>
        <translation>{lane} 写入 {value}。</translation>
    </message>
    <message>
        <source>{lane} writes {value} over {old}:</source>
        <translation>{lane} 用 {value} 覆盖了 {old}:</translation>
    </message>
    <message numerus="yes">
        <source>%n addition(s) since {lane} read.</source>
        <translation>
            <numerusform>自 {lane} 读取之后加了 %n 次。</numerusform>
        </translation>
    </message>
    <message>
        <source>Who wrote {value} was not recorded.</source>
        <translation>谁写入了 {value}，没有记录。</translation>
    </message>
    <message>
        <source>+{n} µs</source>
        <translation>+{n} µs</translation>
    </message>
    <message>
        <source>+{n} ms</source>
        <translation>+{n} ms</translation>
    </message>
    <message>
        <source>+{n} s</source>
        <translation>+{n} s</translation>
    </message>
    <message>
        <source>Film {number}: {n} lost</source>
        <translation>回放 {number}：丢了 {n} 次</translation>
    </message>
    <message>
        <source>reads {value}</source>
        <translation>读到 {value}</translation>
    </message>
    <message>
        <source>writes {value}</source>
        <translation>写入 {value}</translation>
    </message>
    <message>
        <source>has {value}</source>
        <translation>拿着 {value}</translation>
    </message>
    <message>
        <source>out of date</source>
        <translation>已过时</translation>
    </message>
    <message>
        <source>When an update of a shared counter is lost, it is shown here step by step.</source>
        <translation>共享计数器丢失更新时，这里一步一步地回放。</translation>
    </message>
</context>
<context>
    <name>FindingItem</name>
    <message>
        <source>Show me</source>
        <translation>看图</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试一试</translation>
    </message>
    <message>
        <source>When would this be wrong?</source>
        <translation>何时不成立？</translation>
    </message>
    <message>
        <source>Show me: {title}</source>
        <translation>看图：{title}</translation>
    </message>
    <message>
        <source>Try it: {text}</source>
        <translation>试一试：{text}</translation>
    </message>
    <message>
        <source>Sets this up on the left; nothing runs before you press Run.</source>
        <translation>只在左侧设置好；按“运行”之前什么都不会执行。</translation>
    </message>
    <message>
        <source>When would this be wrong? {title}</source>
        <translation>何时不成立？{title}</translation>
    </message>
</context>
<context>
    <name>FindingWords</name>
    <message>
        <source>{name} {value}</source>
        <translation>{name} {value}</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n} %</translation>
    </message>
    <message>
        <source>held up for each task</source>
        <translation>每个任务被阻塞</translation>
    </message>
    <message>
        <source>held up</source>
        <translation>被阻塞</translation>
    </message>
    <message>
        <source>bytes a task</source>
        <translation>每个任务字节数</translation>
    </message>
    <message>
        <source>cores</source>
        <translation>核数</translation>
    </message>
    <message>
        <source>cores used</source>
        <translation>用到的核</translation>
    </message>
    <message>
        <source>workers that died</source>
        <translation>死去的工作者</translation>
    </message>
    <message>
        <source>tasks done</source>
        <translation>完成的任务</translation>
    </message>
    <message>
        <source>events dropped</source>
        <translation>丢弃的事件</translation>
    </message>
    <message>
        <source>length of the run</source>
        <translation>运行时长</translation>
    </message>
    <message>
        <source>updates due</source>
        <translation>应有的更新</translation>
    </message>
    <message>
        <source>lost in one film</source>
        <translation>一段回放中丢失</translation>
    </message>
    <message>
        <source>tasks failed</source>
        <translation>失败的任务</translation>
    </message>
    <message>
        <source>part that failed</source>
        <translation>失败的比例</translation>
    </message>
    <message>
        <source>films</source>
        <translation>回放数</translation>
    </message>
    <message>
        <source>found after</source>
        <translation>发现于</translation>
    </message>
    <message>
        <source>waiting for the GIL</source>
        <translation>等 GIL</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>tasks that got on at once</source>
        <translation>同时推进的任务</translation>
    </message>
    <message>
        <source>sleep, IO</source>
        <translation>睡眠、IO</translation>
    </message>
    <message>
        <source>on its way</source>
        <translation>传送中</translation>
    </message>
    <message>
        <source>largest process</source>
        <translation>最大的进程</translation>
    </message>
    <message>
        <source>waiting for locks</source>
        <translation>等锁</translation>
    </message>
    <message>
        <source>longest</source>
        <translation>最长</translation>
    </message>
    <message>
        <source>tasks lost</source>
        <translation>丢失的任务</translation>
    </message>
    <message>
        <source>part that was lost</source>
        <translation>丢失的比例</translation>
    </message>
    <message>
        <source>updates lost</source>
        <translation>丢失的更新</translation>
    </message>
    <message>
        <source>median task</source>
        <translation>任务中位时长</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>cores that others used</source>
        <translation>别的程序用的核</translation>
    </message>
    <message>
        <source>beside the tasks</source>
        <translation>任务之外</translation>
    </message>
    <message>
        <source>processes</source>
        <translation>进程数</translation>
    </message>
    <message>
        <source>room in the queue</source>
        <translation>队列容量</translation>
    </message>
    <message>
        <source>times as long</source>
        <translation>时长倍数</translation>
    </message>
    <message>
        <source>waiting to run</source>
        <translation>等待运行</translation>
    </message>
    <message>
        <source>events recorded</source>
        <translation>记录的事件</translation>
    </message>
    <message>
        <source>waiting for a core</source>
        <translation>等核</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>pickling</source>
        <translation>序列化</translation>
    </message>
    <message>
        <source>since</source>
        <translation>从</translation>
    </message>
    <message>
        <source>without progress</source>
        <translation>毫无进展</translation>
    </message>
    <message>
        <source>start-up</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>tasks</source>
        <translation>任务数</translation>
    </message>
    <message>
        <source>threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>median of the others</source>
        <translation>其余的中位时长</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>等待次数</translation>
    </message>
    <message>
        <source>time of all workers</source>
        <translation>全部工作者的时间</translation>
    </message>
    <message>
        <source>time of a worker for each task</source>
        <translation>每个任务占用工作者的时间</translation>
    </message>
    <message>
        <source>workers</source>
        <translation>工作者数</translation>
    </message>
    <message>
        <source>workers started</source>
        <translation>启动的工作者</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>{circle} It was found {found} after the start; until then {done} of {tasks} tasks were done.</source>
        <translation>{circle} 开始后 {found} 发现；到那时 {tasks} 个任务做完了 {done} 个。</translation>
    </message>
    <message>
        <source>Workers waited for each other for ever</source>
        <translation>工作者互相等待，永无尽头</translation>
    </message>
    <message>
        <source>Take locks in the same order everywhere, let no task wait for what only a later one brings, or give up after a while (timeout).</source>
        <translation>处处按同样的顺序取锁，不要让任务等待只有后面的任务才会带来的东西，或等一会儿就放弃（timeout）。</translation>
    </message>
    <message>
        <source>Wrong if somebody outside the run was about to open one of them.</source>
        <translation>如果运行之外有人正要放开其中一把锁，就不成立。</translation>
    </message>
    <message>
        <source>Nothing went on for {lasted}</source>
        <translation>有 {lasted} 毫无进展</translation>
    </message>
    <message>
        <source>From {since} after the start on no task ended, no process worked and nothing was printed; until then {done} of {tasks} tasks were done. {stand} What is not recorded is a wait for something that did not come from this run&apos;s parts, above all a lock of the tasks&apos; own: who holds it cannot be said.</source>
        <translation>从开始后 {since} 起，没有任务结束，没有进程在工作，也没有打印任何东西；在此之前，{tasks} 个任务中完成了 {done} 个。{stand}没有记录的，是在等不属于这次运行的东西，多半是任务自己的锁：谁拿着它，说不出来。</translation>
    </message>
    <message>
        <source>Read the stacks in the output: they name the line at which each stands. Is it a lock, take it once only, in the same order everywhere, or with a timeout; the Lock of the option “Around the work” is watched.</source>
        <translation>看输出里的堆栈：上面写着各自停在哪一行。如果是锁，只取一次，处处按同样的顺序取，或者加超时；选项“同步原语”里的 Lock 会被监视。</translation>
    </message>
    <message>
        <source>Wrong if they waited for something outside of the run that would still have come.</source>
        <translation>如果它们在等运行之外、迟早会来的东西，就不成立。</translation>
    </message>
    <message>
        <source>From {since} after the start on no task ended, no process worked and nothing was printed; until then {done} of {tasks} tasks were done. {stand} That nobody would have come is not certain.</source>
        <translation>从开始后 {since} 起，没有任务结束，没有进程在工作，也没有打印任何东西；在此之前，{tasks} 个任务中完成了 {done} 个。{stand}是否永远等不到，不能确定。</translation>
    </message>
    <message>
        <source>Read the stacks in the output, and look in the picture of the waits for who could have ended them.</source>
        <translation>看输出里的堆栈，再到等待图里看谁本来可以结束这些等待。</translation>
    </message>
    <message>
        <source>Wrong if somebody outside of the run was about to.</source>
        <translation>如果运行之外有谁正要来结束它们，就不成立。</translation>
    </message>
    <message>
        <source>Tasks failed: {failed} of {tasks}</source>
        <translation>任务失败：{tasks} 个中有 {failed} 个</translation>
    </message>
    <message>
        <source>Most often, {count} times: {error} (first raised in {where}).</source>
        <translation>最常见的错误，{count} 次：{error}（首次出现在 {where}）。</translation>
    </message>
    <message>
        <source>Read the whole traceback in the output, and run one task alone (Sequential) until it succeeds.</source>
        <translation>在输出里看完整的回溯，并单独运行一个任务（顺序执行），直到成功。</translation>
    </message>
    <message>
        <source>Wrong if they were meant to fail.</source>
        <translation>如果它们本来就该失败，就不成立。</translation>
    </message>
    <message>
        <source>Most often, {count} times: {error}.</source>
        <translation>最常见的错误，{count} 次：{error}。</translation>
    </message>
    <message>
        <source>None of them left a traceback: their workers ended under them, or what they said was dropped.</source>
        <translation>没有一个留下回溯：它们的工作者中途结束了，或者它们说的话被丢弃了。</translation>
    </message>
    <message>
        <source>See in the output how the workers ended, and run one task alone (Sequential) until it succeeds.</source>
        <translation>在输出里看工作者是怎样结束的，并单独运行一个任务（顺序执行），直到成功。</translation>
    </message>
    <message>
        <source>Updates were lost: {lost} of {expected}</source>
        <translation>更新丢失了：{expected} 次中的 {lost} 次</translation>
    </message>
    <message>
        <source>Workers read the same value, and the last one to write it back overwrote what the others had added.</source>
        <translation>几个工作者读到同一个值，最后写回的那个覆盖了别人加上的。</translation>
    </message>
    <message>
        <source>Put a lock around reading and writing: the option “Around the work”, Lock.</source>
        <translation>用锁把读和写包在一起：选项“同步原语”，Lock。</translation>
    </message>
    <message>
        <source>Wrong if Stop cut off tasks in their midst: what they had left to add is not lost.</source>
        <translation>如果“停止”中途截断了任务，就不成立：它们还没加的不算丢失。</translation>
    </message>
    <message>
        <source>Updates were lost, some of them before the camera</source>
        <translation>更新丢失了，有些被逐步录下</translation>
    </message>
    <message>
        <source>Recorded step by step: {films}. One worker wrote back an old value, and overwrote {lost} that the others had added.</source>
        <translation>逐步录下的有 {films} 段。一个工作者写回旧值，覆盖了别人加上的 {lost} 次。</translation>
    </message>
    <message>
        <source>Wrong if overwriting was meant, as with a value that only the last one sets.</source>
        <translation>如果本来就要覆盖，例如只取最后一次设定的值，就不成立。</translation>
    </message>
    <message>
        <source>{Workers} threads, the speed of one</source>
        <translation>{Workers}个线程，一个的速度</translation>
    </message>
    <message>
        <source>Only one thread at a time runs Python code. For {ready} of their time they waited to run ({gil} were seen at the GIL), and all they used of {cores} cores was {cores_used}.</source>
        <translation>同一时刻只有一个线程运行 Python 代码。它们有 {ready} 的时间在等待运行（其中看得出在等 GIL 的占 {gil}），{cores} 个核里总共只用了 {cores_used} 个。</translation>
    </message>
    <message>
        <source>Use processes, which have a GIL each, as many as there are cores: {processes}. Or a Python without a GIL.</source>
        <translation>用进程，每个进程有自己的 GIL，有几个核就用几个：{processes}。或者用没有 GIL 的 Python。</translation>
    </message>
    <message>
        <source>Wrong if other programs kept the cores busy: then some of that waiting was for them.</source>
        <translation>如果别的程序占着核，就不成立：那么有些等待是在等它们。</translation>
    </message>
    <message>
        <source>Only one thread at a time runs Python code. For {gil} of their time they waited at the GIL, and for {run_queue} for a core, of which other programs used {others} of {cores}: they were held up by the GIL first.</source>
        <translation>同一时刻只有一个线程运行 Python 代码。它们有 {gil} 的时间在等 GIL，{run_queue} 的时间在等核，而 {cores} 个核里别的程序用了 {others} 个：首先拖住它们的是 GIL。</translation>
    </message>
    <message>
        <source>Use processes, which have a GIL each, as many as there are cores: {processes}. Or a Python without a GIL. They gain more once the cores are free.</source>
        <translation>用进程，每个进程有自己的 GIL，有几个核就用几个：{processes}。或者用没有 GIL 的 Python。核空出来之后，收益更大。</translation>
    </message>
    <message>
        <source>Wrong if the thread that had the GIL often waited for a core: then some of that waiting was for it.</source>
        <translation>如果拿着 GIL 的线程常常在等核，就不成立：那样的话，有一部分等待其实是在等核。</translation>
    </message>
    <message>
        <source>Workers waited {io} of the time</source>
        <translation>工作者有 {io} 的时间在等待</translation>
    </message>
    <message>
        <source>They slept or waited for the outside world, and all they used of {cores} cores was {cores_used}. The {tasks} tasks took turns: at most {workers} could wait at the same time.</source>
        <translation>它们在睡眠或等外部，{cores} 个核总共只用了 {cores_used} 个。{tasks} 个任务轮流来：最多 {workers} 个能同时等待。</translation>
    </message>
    <message>
        <source>Let more tasks wait at once: waiting needs neither a core nor the GIL, and threads or coroutines cost little. Try {more}.</source>
        <translation>让更多任务同时等待：等待既不占核也不占 GIL，线程和协程代价很小。试试 {more} 个。</translation>
    </message>
    <message>
        <source>Wrong if what they wait for cannot serve more at once, such as one disk or a server with a limit.</source>
        <translation>如果它们所等的无法同时服务更多，例如一块磁盘或有限额的服务器，就不成立。</translation>
    </message>
    <message>
        <source>Workers queued for cores: {workers} workers, cores: {cores}</source>
        <translation>工作者排队等核：{workers} 个工作者，{cores} 个核</translation>
    </message>
    <message>
        <source>For {run_queue} of their time they were ready to run and had to wait for a core. More workers than cores compute no faster, and each task takes longer.</source>
        <translation>它们有 {run_queue} 的时间可以运行却要等核。工作者比核多，算得并不更快，每个任务反而更久。</translation>
    </message>
    <message>
        <source>Use as many workers as there are cores: {cores}.</source>
        <translation>有几个核就用几个工作者：{cores}。</translation>
    </message>
    <message>
        <source>Wrong if other programs kept the cores busy, or if the tasks also wait: then some more workers than cores are right.</source>
        <translation>如果别的程序占着核，或任务也要等待，就不成立：那么工作者比核多一些是对的。</translation>
    </message>
    <message>
        <source>For {run_queue} of their time workers were ready to run and had to wait for a core, although no more of them could run at once than there are cores. Others used {others} of the {cores} cores meanwhile, this run {cores_used}.</source>
        <translation>工作者有 {run_queue} 的时间可以运行却要等核，尽管能同时运行的并不比核多。其间别的程序用了 {cores} 个核中的 {others} 个，本次运行用了 {cores_used} 个。</translation>
    </message>
    <message>
        <source>Held up by the GIL or by other programs</source>
        <translation>被 GIL 或别的程序拖住</translation>
    </message>
    <message>
        <source>Workers waited {gil} of their time for the GIL and {run_queue} for a core. Who has the GIL and waits for a core keeps the others waiting for both, so it cannot be said which of them it was. Others used {others} of the {cores} cores meanwhile.</source>
        <translation>工作者有 {gil} 的时间在等 GIL，{run_queue} 的时间在等核。拿着 GIL 又在等核的，会让别的工作者两样都等，所以说不出究竟是哪一样。其间别的程序用了 {cores} 个核中的 {others} 个。</translation>
    </message>
    <message>
        <source>End what else runs on this machine, and run again: if the waiting for the GIL stays, it is the GIL.</source>
        <translation>结束这台机器上别的程序，再运行一次：如果等 GIL 的时间还在，那就是 GIL。</translation>
    </message>
    <message>
        <source>Workers queued for {lock}</source>
        <translation>工作者排队等 {lock}</translation>
    </message>
    <message>
        <source>They spent {share} of their time waiting for it, {count} times, {longest} at the longest; most often {holder} held it.</source>
        <translation>它们有 {share} 的时间在等它，共 {count} 次，最长 {longest}；最常持有它的是 {holder}。</translation>
    </message>
    <message>
        <source>Hold it for a smaller part of each task, or give each part of the data a lock of its own. Fewer workers would lose little.</source>
        <translation>每个任务里少占它一会儿，或给每部分数据一把自己的锁。减少工作者损失也不大。</translation>
    </message>
    <message>
        <source>Wrong if nearly all the work must stand behind the lock: then one at a time is what was asked for.</source>
        <translation>如果几乎全部工作都必须在锁内，就不成立：那么一次一个正是所要的。</translation>
    </message>
    <message>
        <source>Workers waited to be let on: {lock}</source>
        <translation>工作者等着被放行：{lock}</translation>
    </message>
    <message>
        <source>They spent {share} of their time there, {count} times, {longest} at the longest; nobody was seen to hold it when they came.</source>
        <translation>它们有 {share} 的时间花在那里，共 {count} 次，最长 {longest}；它们来时没看到有人持有它。</translation>
    </message>
    <message>
        <source>If others open it, more permits, more room or an earlier signal lets more workers on; a lock can be held for less of each task.</source>
        <translation>如果由别人放行：更多许可、更多空位或更早的信号，能让更多工作者继续；如果是锁：可以在每个任务里少占一会儿。</translation>
    </message>
    <message>
        <source>Wrong if it is there to hold them back.</source>
        <translation>如果它本来就是用来限制的，就不成立。</translation>
    </message>
    <message>
        <source>Workers queued for locks</source>
        <translation>工作者排队等锁</translation>
    </message>
    <message>
        <source>They spent {share} of their time waiting for {locks} of them, {count} times, {longest} at the longest; {lock} took the most.</source>
        <translation>它们有 {share} 的时间在等其中 {locks} 把锁，共 {count} 次，最长 {longest}；{lock} 占得最多。</translation>
    </message>
    <message>
        <source>Hold each for a smaller part of the task, and take no second one while the first is held. Fewer workers would lose little.</source>
        <translation>每把锁在任务里少占一会儿，持有一把时不要再取第二把。减少工作者损失也不大。</translation>
    </message>
    <message>
        <source>Wrong if nearly all the work must stand behind locks: then one after the other is what was asked for.</source>
        <translation>如果几乎全部工作都必须在锁内，就不成立：那么一个接一个正是所要的。</translation>
    </message>
    <message>
        <source>One worker was slower than the others</source>
        <translation>有一个工作者比其余的慢</translation>
    </message>
    <message>
        <source>Run for {again}: threads are looked at ten times a second, and a few looks tell little.</source>
        <translation>运行 {again}：线程每秒看十次，只看几次说明不了什么。</translation>
    </message>
    <message>
        <source>Other programs had the cores</source>
        <translation>核被别的程序占着</translation>
    </message>
    <message>
        <source>Take locks in the same order everywhere, or give up after a while (timeout).</source>
        <translation>处处按同样的顺序取锁，或等一会儿就放弃（timeout）。</translation>
    </message>
    <message>
        <source>Take it once only, and hand on to what needs it that it is held; or use an RLock, which its holder may take again.</source>
        <translation>只取一次，并让后面要用它的代码知道锁已经拿着；或者用 RLock，持有者可以再取。</translation>
    </message>
    <message>
        <source>Take from a queue while waiting to put into another: in a thread of its own, or put with a timeout. More room only puts it off.</source>
        <translation>等着往一个队列里放的同时，要从另一个队列里取：用单独的线程取，或者放的时候加超时。容量更大只是推迟。</translation>
    </message>
    <message>
        <source>Let no task wait for what only a later one brings: hand that one over first, or have more workers than tasks that can wait.</source>
        <translation>不要让任务等只有后面的任务才会带来的东西：先把那个任务交出去，或者让工作者多于可能等待的任务。</translation>
    </message>
    <message>
        <source>Let no task wait for what it has handed to its own pool: return and collect outside, or give the parts a pool of their own.</source>
        <translation>不要让任务等自己交给所在池的东西：先返回，在外面收集结果，或者给这些部分单独的池。</translation>
    </message>
    <message>
        <source>Give a permit back before waiting for the next one, or have more permits than tasks can hold while they wait.</source>
        <translation>等下一个许可之前先还掉手里的，或者让许可多于任务等待时可能占住的数目。</translation>
    </message>
    <message>
        <source>Workers died under their tasks: {dead}</source>
        <translation>有工作者带着任务死去：{dead} 个</translation>
    </message>
    <message>
        <source>The first: {how}. Tasks that went with them: {lost} of {tasks}; {done} ended in time.</source>
        <translation>第一个：{how}。随它们丢失的任务：{tasks} 个中的 {lost} 个；{done} 个已经结束。</translation>
    </message>
    <message>
        <source>Read in the output what it said last, and run one task alone (Sequential) until it is clear which call ends its process: an exit, a crash in C, or more memory than there was.</source>
        <translation>看输出里它最后说了什么，再单独运行一个任务（顺序执行），直到弄清是哪个调用结束了进程：退出、C 代码崩溃，或者内存不够。</translation>
    </message>
    <message>
        <source>Wrong if somebody outside of the run ended them.</source>
        <translation>如果是运行之外有谁结束了它们，就不成立。</translation>
    </message>
    <message>
        <source>A worker died, and the run could not go on</source>
        <translation>一个工作者死去，运行无法继续</translation>
    </message>
    <message>
        <source>{how}. Of {tasks} tasks {done} had ended by then, {lost} went with it: where the time went says nothing of a whole run.</source>
        <translation>{how}。到那时 {tasks} 个任务中有 {done} 个已经结束，{lost} 个随它丢失：时间去向说明不了完整的运行。</translation>
    </message>
    <message>
        <source>Wrong if somebody outside of the run ended it.</source>
        <translation>如果是运行之外有谁结束了它，就不成立。</translation>
    </message>
    <message>
        <source>End what else runs on this machine, and run again: these times are partly theirs.</source>
        <translation>结束这台机器上别的程序，再运行一次：这些时间有一部分是它们的。</translation>
    </message>
    <message>
        <source>Wrong if what else ran belongs to this run, such as a server that its tasks ask.</source>
        <translation>如果别的程序也属于本次运行，例如任务所请求的服务器，就不成立。</translation>
    </message>
    <message>
        <source>One task at a time: all queued for {lock}</source>
        <translation>一次只有一个任务：大家都排队等 {lock}</translation>
    </message>
    <message>
        <source>On average {inside} of the {workers} workers got on, the others waited: {share} of their time, {count} times.</source>
        <translation>{workers} 个工作者中平均只有 {inside} 个在推进，其余都在等：占它们时间的 {share}，共 {count} 次。</translation>
    </message>
    <message>
        <source>Hold it only while what is shared is read or written, and do the rest of the task outside.</source>
        <translation>只在读写共享数据时持有它，任务的其余部分放到外面做。</translation>
    </message>
    <message>
        <source>Wrong if tasks change the same thing all the time: then one at a time is right, and one worker enough.</source>
        <translation>如果任务一直在改同一样东西，就不成立：那么一次一个是对的，一个工作者就够了。</translation>
    </message>
    <message>
        <source>Everybody waited for the slowest at the Barrier</source>
        <translation>大家都在 Barrier 处等最慢的一个</translation>
    </message>
    <message>
        <source>Workers spent {share} of their time there, {count} times, {longest} at the longest: a round takes as long as its slowest task, and nobody begins the next one before.</source>
        <translation>工作者有 {share} 的时间等在那里，共 {count} 次，最长 {longest}：一轮要等其中最慢的任务，此前谁也不能开始下一轮。</translation>
    </message>
    <message>
        <source>Make tasks alike in length, let each worker do several between two Barriers, or do without it.</source>
        <translation>让任务长短相近，让每个工作者在两次 Barrier 之间多做几个，或者不用它。</translation>
    </message>
    <message>
        <source>Wrong if each round needs what all of the last one have computed.</source>
        <translation>如果每一轮都需要上一轮全部的结果，就不成立。</translation>
    </message>
    <message>
        <source>They spent {share} of their time waiting for a permit of it, {count} times, {longest} at the longest. None was left then; who has the permits of a semaphore is not recorded.</source>
        <translation>它们有 {share} 的时间在等它的许可，共 {count} 次，最长 {longest}。当时没有剩下的许可；信号量的许可在谁手里没有记录。</translation>
    </message>
    <message>
        <source>More permits let more workers on; or hold one for a smaller part of each task.</source>
        <translation>许可更多，就能让更多工作者继续；或者在每个任务里少占一会儿许可。</translation>
    </message>
    <message>
        <source>{lane} took {slow} for a median task, the others {typical}: {ratio} times as long, over {count} tasks. What tasks waited for locks and queues is not counted.</source>
        <translation>{lane} 的任务中位时间是 {slow}，别的是 {typical}：是它们的 {ratio} 倍，共 {count} 个任务。等锁和等队列的时间不计在内。</translation>
    </message>
    <message>
        <source>See what else ran on its core, and make tasks smaller, so that the others can take over more of its share.</source>
        <translation>看看它的核上还跑了什么；把任务切小，好让别的工作者分担。</translation>
    </message>
    <message>
        <source>Wrong if the larger tasks came to it by chance.</source>
        <translation>如果大任务碰巧都落到它头上，就不成立。</translation>
    </message>
    <message>
        <source>Workers spent {share} of the time on data in transit</source>
        <translation>工作者有 {share} 的时间花在传送数据上</translation>
    </message>
    <message>
        <source>Each task sent {bytes} between processes. Pickling and unpickling took {seconds}, and for {ipc} of their time workers waited for what was on its way.</source>
        <translation>每个任务在进程间传送 {bytes}。序列化和反序列化用了 {seconds}，工作者有 {ipc} 的时间在等路上的数据。</translation>
    </message>
    <message>
        <source>Send less: the name of a file and not its content, a sum and not the list. Or share memory, or use threads if tasks compute little.</source>
        <translation>少传一些：传文件名而不是内容，传总和而不是列表。或用共享内存；任务计算不多就用线程。</translation>
    </message>
    <message>
        <source>Wrong if tasks compute for longer in real use: then the same data weigh less.</source>
        <translation>如果实际使用时任务计算更久，就不成立：那么同样的数据所占更少。</translation>
    </message>
    <message>
        <source>Handing out the tasks took longer than doing them</source>
        <translation>分发任务比做任务更费时</translation>
    </message>
    <message>
        <source>A median task took {service}, and a worker spent {each} on each: {share} of the time went into the way there and back.</source>
        <translation>任务的中位时长是 {service}，而工作者在每个任务上花了 {each}：{share} 的时间用在来回的路上。</translation>
    </message>
    <message>
        <source>Put more work into each task: a hundred small ones can be one.</source>
        <translation>让每个任务多做一些：一百个小任务可以并成一个。</translation>
    </message>
    <message>
        <source>Wrong if tasks are larger in real use.</source>
        <translation>如果实际使用时任务更大，就不成立。</translation>
    </message>
    <message>
        <source>Send them in chunks: with a chunk size of {chunk} each trip is worth {worth} of work.</source>
        <translation>成块发送：块大小为 {chunk} 时，每趟值 {worth} 的工作。</translation>
    </message>
    <message>
        <source>Workers spent {share} of the time coming up</source>
        <translation>工作者有 {share} 的时间花在启动上</translation>
    </message>
    <message>
        <source>Together they needed {seconds} before they could work, and the run then took {elapsed}.</source>
        <translation>它们合计用了 {seconds} 才能干活，之后运行用了 {elapsed}。</translation>
    </message>
    <message>
        <source>Keep workers and give them more to do. Threads come up in less than a millisecond.</source>
        <translation>留住工作者，让它们多做一些。线程启动不到一毫秒。</translation>
    </message>
    <message>
        <source>Wrong if this was a trial of something long: workers come up once.</source>
        <translation>如果这只是试跑一件长久的事，就不成立：工作者只启动一次。</translation>
    </message>
    <message>
        <source>Each was started for a task of its own, {lanes} in all, and they needed {seconds} together before they could work.</source>
        <translation>每个任务都新启动一个，共 {lanes} 个，合计用了 {seconds} 才能干活。</translation>
    </message>
    <message>
        <source>Use a pool: it starts its workers once and gives them one task after the other.</source>
        <translation>用池：它只启动一次工作者，然后一个接一个地给任务。</translation>
    </message>
    <message>
        <source>Wrong if tasks are much longer in real use, or each needs a clean worker.</source>
        <translation>如果实际使用时任务长得多，或每个任务都需要全新的工作者，就不成立。</translation>
    </message>
    <message>
        <source>The queue was full, and still workers had nothing to do</source>
        <translation>队列满了，工作者却无事可做</translation>
    </message>
    <message>
        <source>Places in it: {bound}. Who fills it waited {blocked} for room, {blocked_share} of the run, and for {idle} of their time workers had no task.</source>
        <translation>队列容量：{bound}。放任务的一方等空位等了 {blocked}，占运行的 {blocked_share}；而工作者有 {idle} 的时间没有任务。</translation>
    </message>
    <message>
        <source>Let more tasks wait in the queue. Try {more}.</source>
        <translation>让更多任务在队列里等着。试试 {more}。</translation>
    </message>
    <message>
        <source>Wrong if tasks are so large that few of them fit into memory.</source>
        <translation>如果任务太大，内存里放不下几个，就不成立。</translation>
    </message>
    <message>
        <source>The event loop was held up, and everybody waited</source>
        <translation>事件循环被卡住，大家都在等</translation>
    </message>
    <message>
        <source>For {blocked} of {loop} it could not turn, {each} for each task: a task computed, or called something that waits without an await. No other task gets on meanwhile.</source>
        <translation>{loop} 中有 {blocked} 它转不动，每个任务 {each}：某个任务在计算，或调用了不经 await 就等待的东西。这期间别的任务都不能前进。</translation>
    </message>
    <message>
        <source>Await instead, as with asyncio.sleep; hand calls that wait to a thread (asyncio.to_thread), and computing to a process.</source>
        <translation>改用 await，例如 asyncio.sleep；把会等待的调用交给线程（asyncio.to_thread），把计算交给进程。</translation>
    </message>
    <message>
        <source>Wrong if other programs kept the cores busy, or if a task is meant to have the loop for itself.</source>
        <translation>如果别的程序占着核，或任务本来就要独占循环，就不成立。</translation>
    </message>
    <message>
        <source>The run took {share} of the machine&apos;s memory</source>
        <translation>运行占用了机器 {share} 的内存</translation>
    </message>
    <message>
        <source>Its processes had {total} of {machine} when last looked at; processes: {processes}, the largest with {largest}.</source>
        <translation>上次查看时，它的进程占了 {machine} 中的 {total}；进程数：{processes}，最大的占 {largest}。</translation>
    </message>
    <message>
        <source>Use fewer processes, hand them parts and not the whole, or use threads, which share one memory.</source>
        <translation>少用进程，只给它们部分而不是全部数据；或用线程，它们共享内存。</translation>
    </message>
    <message>
        <source>Wrong if a task holds that much for a moment only.</source>
        <translation>如果任务只是短暂占用这么多，就不成立。</translation>
    </message>
    <message>
        <source>The run was too short to say where time went</source>
        <translation>运行太短，说不出时间去向</translation>
    </message>
    <message>
        <source>It took {elapsed}, and threads are looked at ten times a second.</source>
        <translation>它用了 {elapsed}，而线程每秒只查看十次。</translation>
    </message>
    <message>
        <source>Run for {again}.</source>
        <translation>运行 {again}。</translation>
    </message>
    <message>
        <source>Wrong if such short runs are all there is: then compare many of them.</source>
        <translation>如果只有这样短的运行，就不成立：那么多比较几次。</translation>
    </message>
    <message>
        <source>Where {share} of the time went is not known</source>
        <translation>{share} 的时间去向不明</translation>
    </message>
    <message>
        <source>Neither the workers nor the system could tell.</source>
        <translation>工作者和系统都说不出。</translation>
    </message>
    <message>
        <source>Wrong only in part: what is known holds.</source>
        <translation>只有部分不成立：已知的仍然成立。</translation>
    </message>
    <message>
        <source>Neither the workers nor the system could tell: threads were neither running nor in a wait that is recorded.</source>
        <translation>工作者和系统都说不出：线程既不在运行，也不在任何有记录的等待中。</translation>
    </message>
    <message>
        <source>A lock of the tasks&apos; own looks like this, or a call into C that sleeps. Use the Lock of the option “Around the work”, which is watched, or time that call by itself.</source>
        <translation>任务自己的锁，或者在 C 里睡眠的调用，看起来就是这样。用选项“同步原语”里的 Lock，它会被监视；或者单独给那个调用计时。</translation>
    </message>
    <message>
        <source>Run it on Linux, if that can be had: it tells most of threads.</source>
        <translation>如果可以，在 Linux 上运行：它对线程说得最多。</translation>
    </message>
    <message>
        <source>Too much happened to record it all</source>
        <translation>发生得太多，没能全部记下</translation>
    </message>
    <message>
        <source>Of {recorded} events {dropped} were dropped, so workers look less busy than they were.</source>
        <translation>{recorded} 个事件中丢弃了 {dropped} 个，所以工作者看起来不如实际忙。</translation>
    </message>
    <message>
        <source>Put more work into each task, or use fewer workers.</source>
        <translation>让每个任务多做一些，或减少工作者。</translation>
    </message>
    <message>
        <source>Wrong only in part: the numbers of tasks are exact.</source>
        <translation>只有部分不成立：任务数是精确的。</translation>
    </message>
    <message>
        <source>No</source>
        <translation>零</translation>
    </message>
    <message>
        <source>One</source>
        <translation>一</translation>
    </message>
    <message>
        <source>Two</source>
        <translation>两</translation>
    </message>
    <message>
        <source>Three</source>
        <translation>三</translation>
    </message>
    <message>
        <source>Four</source>
        <translation>四</translation>
    </message>
    <message>
        <source>Five</source>
        <translation>五</translation>
    </message>
    <message>
        <source>Six</source>
        <translation>六</translation>
    </message>
    <message>
        <source>Seven</source>
        <translation>七</translation>
    </message>
    <message>
        <source>Eight</source>
        <translation>八</translation>
    </message>
    <message>
        <source>Nine</source>
        <translation>九</translation>
    </message>
    <message>
        <source>Ten</source>
        <translation>十</translation>
    </message>
    <message>
        <source>Eleven</source>
        <translation>十一</translation>
    </message>
    <message>
        <source>Twelve</source>
        <translation>十二</translation>
    </message>
</context>
<context>
    <name>FindingsPanel</name>
    <message>
        <source>What this run says</source>
        <translation>运行结论</translation>
    </message>
    <message>
        <source>WHAT THIS RUN SAYS</source>
        <translation>运行结论</translation>
    </message>
    <message>
        <source>Press Run: what the numbers mean is said here in words, with what to try next.</source>
        <translation>按“运行”：这里用文字说明数字的含义，以及接下来可以试什么。</translation>
    </message>
    <message>
        <source>Nothing to say so far. It takes a second or so of data, and healthy runs give no cause.</source>
        <translation>目前无可说。需要一秒左右的数据；健康的运行也没什么可说。</translation>
    </message>
    <message>
        <source>The run failed; the output says why.</source>
        <translation>运行失败；原因见“输出”。</translation>
    </message>
    <message>
        <source>No task was handed out, so there is nothing to say.</source>
        <translation>没有发出任务，因此无可说。</translation>
    </message>
    <message>
        <source>Nothing stands out: what kept the workers from their tasks was too little to matter.</source>
        <translation>没有突出的问题：耽误工作者的时间很少，无关紧要。</translation>
    </message>
</context>
<context>
    <name>FindingsStrip</name>
    <message>
        <source>What this run says, in a line</source>
        <translation>运行结论，一行</translation>
    </message>
    <message>
        <source>What this run says</source>
        <translation>运行结论</translation>
    </message>
    <message>
        <source>Show me</source>
        <translation>看图</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试一试</translation>
    </message>
    <message>
        <source>Press Run: what the numbers mean is said here in words, with what to try next.</source>
        <translation>按“运行”：这里用文字说明数字的含义，以及接下来可以试什么。</translation>
    </message>
    <message>
        <source>Show me: {title}</source>
        <translation>看图：{title}</translation>
    </message>
    <message>
        <source>Try it: {text}</source>
        <translation>试一试：{text}</translation>
    </message>
    <message>
        <source>Sets this up on the left; nothing runs before you press Run.</source>
        <translation>只在左侧设置好；按“运行”之前什么都不会执行。</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>All {n}</source>
        <translation>全部 {n} 条</translation>
    </message>
    <message>
        <source>All that this run says, with numbers and what to try</source>
        <translation>本次运行的全部结论，附数字和可尝试的做法</translation>
    </message>
    <message>
        <source>Put it away</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Put it away (Esc)</source>
        <translation>收起（Esc）</translation>
    </message>
</context>
<context>
    <name>Foot</name>
    <message>
        <source>Progress of the run</source>
        <translation>运行进度</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Events dropped: found their telemetry ring full. Own cost: what reading and sampling takes of one core.</source>
        <translation>丢弃事件：遥测环形缓冲区已满而未能记下。自身开销：读取和采样占一个核的比例。</translation>
    </message>
    <message>
        <source>Choose on the left, then press Run (Ctrl+R).</source>
        <translation>在左边选择，然后按“运行”（Ctrl+R）。</translation>
    </message>
    <message>
        <source>Starting: the clock waits until every worker is ready.</source>
        <translation>正在启动：所有工作者就绪后才开始计时。</translation>
    </message>
    <message>
        <source>events dropped {0}</source>
        <translation>丢弃事件 {0}</translation>
    </message>
    <message>
        <source>own cost {0} % of a core</source>
        <translation>自身开销 {0} %（单核）</translation>
    </message>
    <message>
        <source>{0}/s</source>
        <translation>{0}/s</translation>
    </message>
    <message>
        <source>▲ paused until memory falls</source>
        <translation>▲ 已暂停，等内存回落</translation>
    </message>
    <message>
        <source>failed {0}</source>
        <translation>失败 {0}</translation>
    </message>
    <message>
        <source>lost {0}</source>
        <translation>丢失 {0}</translation>
    </message>
    <message>
        <source>‖ PID {0} stands still</source>
        <translation>‖ PID {0} 停住了</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source> …</source>
        <translation> …</translation>
    </message>
    <message>
        <source>‖ {0} processes stand still: PID {1}</source>
        <translation>‖ {0} 个进程停住了：PID {1}</translation>
    </message>
    <message>
        <source>Memory of the run: {0} MiB, at most {1} MiB, of {2} MiB that it may take.</source>
        <translation>本次运行的内存：{0} MiB，最多时 {1} MiB，上限 {2} MiB。</translation>
    </message>
    <message>
        <source>memory {0} MiB</source>
        <translation>内存 {0} MiB</translation>
    </message>
    <message>
        <source>Checksum of all results: {0} (the same for every model, with the same seed)</source>
        <translation>全部结果的校验和：{0}（种子相同时，各模型都一样）</translation>
    </message>
    <message>
        <source>1 task</source>
        <translation>1 个任务</translation>
    </message>
    <message>
        <source>{0} tasks</source>
        <translation>{0} 个任务</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>1 task in {0} s</source>
        <translation>1 个任务，用时 {0} s</translation>
    </message>
    <message>
        <source>{0} tasks in {1} s</source>
        <translation>{0} 个任务，用时 {1} s</translation>
    </message>
    <message>
        <source>{0}, {1}</source>
        <translation>{0}，{1}</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>还剩 {0}</translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Use another Python</source>
        <translation>换用另一个 Python</translation>
    </message>
    <message>
        <source>Use Python {0}</source>
        <translation>使用 Python {0}</translation>
    </message>
    <message>
        <source>Next lesson: {0}</source>
        <translation>下一课：{0}</translation>
    </message>
    <message>
        <source>Running …</source>
        <translation>运行中…</translation>
    </message>
    <message>
        <source>Stop ends it (Ctrl+.).</source>
        <translation>按“停止”结束（Ctrl+.）。</translation>
    </message>
    <message>
        <source>Run the contrast: {0}</source>
        <translation>运行对照：{0}</translation>
    </message>
    <message>
        <source>Run: {0}</source>
        <translation>运行：{0}</translation>
    </message>
    <message>
        <source>Answer the question first, or skip it.</source>
        <translation>请先回答问题，或跳过它。</translation>
    </message>
    <message>
        <source>A run is under way.</source>
        <translation>正在运行。</translation>
    </message>
    <message>
        <source>A deadlock: nobody gets any further. The run is being ended.</source>
        <translation>死锁：谁都无法继续。正在结束这次运行。</translation>
    </message>
    <message>
        <source>Running: {0}. Look at the charts.</source>
        <translation>运行中：{0}。请看图表。</translation>
    </message>
    <message>
        <source>Another run is under way: stop it, or wait for its end.</source>
        <translation>有别的运行正在进行：请停止它，或等它结束。</translation>
    </message>
    <message>
        <source>Understood, as far as it can be run here.</source>
        <translation>已学会：这里能运行的都运行过了。</translation>
    </message>
    <message>
        <source>Understood: a run.</source>
        <translation>已学会：运行过了。</translation>
    </message>
    <message>
        <source>Understood: a guess and a run.</source>
        <translation>已学会：猜测和运行都做过了。</translation>
    </message>
    <message>
        <source>Understood: a run and its contrast.</source>
        <translation>已学会：运行和对照都做过了。</translation>
    </message>
    <message>
        <source>Understood: a guess, a run and its contrast.</source>
        <translation>已学会：猜测、运行和对照都做过了。</translation>
    </message>
</context>
<context>
    <name>GhostLine</name>
    <message>
        <source>ghost</source>
        <translation>对照</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
    <message>
        <source>{0} tasks/s</source>
        <translation>{0} 任务/s</translation>
    </message>
    <message>
        <source>ghost: {0}</source>
        <translation>对照：{0}</translation>
    </message>
</context>
<context>
    <name>Ghosts</name>
    <message>
        <source>No ghost: the settings (Ctrl+,) say that no run is kept.</source>
        <translation>没有对照：设置（Ctrl+,）里写着不保留运行。</translation>
    </message>
    <message>
        <source>No ghost yet: no earlier run with figures is kept. The next run will have one.</source>
        <translation>还没有对照：没有保留更早的、有数据的运行。下一次运行就会有。</translation>
    </message>
    <message>
        <source>{0} will be the ghost of the next run: of this one there is no curve to lay it behind.</source>
        <translation>{0} 会作为下一次运行的对照：这一次没有曲线，没法垫在它后面。</translation>
    </message>
</context>
<context>
    <name>Gil</name>
    <message>
        <source>▲ GIL came back on</source>
        <translation>▲ GIL 又打开了</translation>
    </message>
    <message>
        <source>GIL on</source>
        <translation>GIL 开着</translation>
    </message>
    <message>
        <source>GIL off</source>
        <translation>GIL 关着</translation>
    </message>
    <message>
        <source>Python {0}</source>
        <translation>Python {0}</translation>
    </message>
    <message>
        <source>The GIL came back on in the workers.</source>
        <translation>GIL 在工作者里又打开了。</translation>
    </message>
    <message>
        <source>This build can do without, but something that was imported there is not made for that. Threads take turns, as under any other Python.</source>
        <translation>这个版本可以不用 GIL，但那里导入的某个模块不支持。线程要轮流执行，和普通 Python 一样。</translation>
    </message>
    <message>
        <source>GIL: the lock that lets one thread of an interpreter run Python at a time. Read in the workers.</source>
        <translation>GIL：全局解释器锁，一个解释器每次只让一个线程执行 Python。此状态读自工作者。</translation>
    </message>
    <message>
        <source>The GIL is off in the workers: their threads run Python at the same time.</source>
        <translation>工作者里的 GIL 是关着的：它们的线程同时执行 Python。</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>KEPT RUNS</source>
        <translation>保留的运行</translation>
    </message>
    <message>
        <source>Filter the kept runs</source>
        <translation>筛选保留的运行</translation>
    </message>
    <message>
        <source>Filter  /</source>
        <translation>筛选  /</translation>
    </message>
    <message>
        <source>Words of model, workload, Python or name (Ctrl+F or /). Esc shows all.</source>
        <translation>模型、负载、Python 或名称中的词（Ctrl+F 或 /）。Esc 显示全部。</translation>
    </message>
    <message>
        <source>Show all kept runs</source>
        <translation>显示所有保留的运行</translation>
    </message>
    <message>
        <source>Click: B. Shift+click: A.</source>
        <translation>单击：B。Shift+单击：A。</translation>
    </message>
    <message>
        <source>Or with the keys: A, B, Enter for B; P pins, F2 renames, G ghost, Del deletes</source>
        <translation>也可用按键：A、B，回车为 B；P 固定，F2 改名，G 对照，Del 删除</translation>
    </message>
    <message>
        <source>Undo delete</source>
        <translation>撤销删除</translation>
    </message>
    <message>
        <source>Bring back the run that was deleted last</source>
        <translation>找回最后删除的运行</translation>
    </message>
    <message>
        <source>Another name for the run</source>
        <translation>运行的新名称</translation>
    </message>
    <message>
        <source>Name of the run; Enter takes it</source>
        <translation>运行的名称；回车确认</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消固定</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Never drop this run to make room, or let it go (P)</source>
        <translation>不为腾地方而删除这次运行，或取消固定（P）</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>改名</translation>
    </message>
    <message>
        <source>Give this run a name of its own (F2)</source>
        <translation>给这次运行起个名称（F2）</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Take this run off the list; it can be brought back (Del)</source>
        <translation>从列表中去掉这次运行；可以找回（Del）</translation>
    </message>
    <message>
        <source>As ghost</source>
        <translation>作为对照</translation>
    </message>
    <message>
        <source>Lay this run behind those of Explore, or take it away (G)</source>
        <translation>把这次运行放到“探索”的运行后面作对照，或取消（G）</translation>
    </message>
    <message>
        <source>Export …</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Write this run to a file</source>
        <translation>把这次运行写入文件</translation>
    </message>
    <message>
        <source>Import …</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Put a file of such a run into the list</source>
        <translation>把这样一次运行的文件放进列表</translation>
    </message>
</context>
<context>
    <name>HistoryRows</name>
    <message>
        <source>Kept runs</source>
        <translation>保留的运行</translation>
    </message>
    <message>
        <source>No run has these words. Esc shows all.</source>
        <translation>没有运行含有这些词。Esc 显示全部。</translation>
    </message>
</context>
<context>
    <name>KeptRuns</name>
    <message>
        <source>Saved {0}.</source>
        <translation>已保存 {0}。</translation>
    </message>
    <message>
        <source>{0} is in the list now, pinned.</source>
        <translation>{0} 已在列表中，并已固定。</translation>
    </message>
    <message>
        <source>The kept runs do not answer: their disk is too slow, or gone.</source>
        <translation>保留的运行没有响应：磁盘太慢，或已不在。</translation>
    </message>
</context>
<context>
    <name>KindWords</name>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>GIL</source>
        <translation>GIL</translation>
    </message>
    <message>
        <source>waiting for a core</source>
        <translation>等核</translation>
    </message>
    <message>
        <source>lock</source>
        <translation>锁</translation>
    </message>
    <message>
        <source>queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>sleep, IO</source>
        <translation>睡眠、IO</translation>
    </message>
    <message>
        <source>pickling</source>
        <translation>序列化</translation>
    </message>
    <message>
        <source>on its way</source>
        <translation>传送中</translation>
    </message>
    <message>
        <source>start-up</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>On a core.</source>
        <translation>正在核上执行。</translation>
    </message>
    <message>
        <source>Waiting for the GIL, the lock that lets one thread run Python at a time.</source>
        <translation>在等 GIL：这把锁一次只让一个线程执行 Python。</translation>
    </message>
    <message>
        <source>Ready to run, but all cores were taken.</source>
        <translation>可以运行，但所有核都被占用。</translation>
    </message>
    <message>
        <source>Waiting for a lock that another one held.</source>
        <translation>在等别人持有的锁。</translation>
    </message>
    <message>
        <source>Waiting for room in a queue, or for something to be put into it.</source>
        <translation>在等队列腾出位置，或等有东西放入。</translation>
    </message>
    <message>
        <source>Asleep, or waiting for the outside world.</source>
        <translation>睡眠，或在等外部。</translation>
    </message>
    <message>
        <source>Making objects into bytes for another process, and bytes into objects.</source>
        <translation>为别的进程把对象变成字节，再把字节变回对象。</translation>
    </message>
    <message>
        <source>No task yet, though one had been sent: it was on its way from another process.</source>
        <translation>还没有任务，但已发出一个：正从别的进程传来。</translation>
    </message>
    <message>
        <source>Coming up, before its first task.</source>
        <translation>正在启动，还没有第一个任务。</translation>
    </message>
    <message>
        <source>Nothing to do, or waiting for others to end.</source>
        <translation>无事可做，或在等别人结束。</translation>
    </message>
    <message>
        <source>Neither recorded nor sampled.</source>
        <translation>既没有记录，也没有采样。</translation>
    </message>
</context>
<context>
    <name>LatencyPlot</name>
    <message>
        <source>How long tasks waited and took</source>
        <translation>任务等待和执行的时长</translation>
    </message>
</context>
<context>
    <name>LatencyView</name>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Press Run: here it is shown how long tasks waited and how long they took.</source>
        <translation>按“运行”：这里显示任务等了多久、做了多久。</translation>
    </message>
    <message>
        <source>No task has ended yet.</source>
        <translation>还没有任务结束。</translation>
    </message>
    <message>
        <source>No task of this run ended.</source>
        <translation>这次运行没有任务结束。</translation>
    </message>
    <message>
        <source>{n} more lanes, closer to the median of all, are left out here.</source>
        <translation>另有 {n} 个更接近总体中位数的执行者未列出。</translation>
    </message>
</context>
<context>
    <name>LatencyWords</name>
    <message>
        <source>Queue wait</source>
        <translation>排队等待</translation>
    </message>
    <message>
        <source>Task time</source>
        <translation>任务耗时</translation>
    </message>
    <message>
        <source>From the moment a task was handed to the model until a worker began it.</source>
        <translation>从任务交给模型，到工作者开始做它。</translation>
    </message>
    <message>
        <source>From the beginning of a task to its end, waiting included.</source>
        <translation>从任务开始到结束，包括其中的等待。</translation>
    </message>
    <message>
        <source>longest</source>
        <translation>最长</translation>
    </message>
    <message numerus="yes">
        <source>%n task(s)</source>
        <translation>
            <numerusform>%n 个任务</numerusform>
        </translation>
    </message>
    <message>
        <source>{low} to {high}: {count} of {all} tasks, {n} %</source>
        <translation>{low} 到 {high}：{all} 个任务中的 {count} 个，{n} %</translation>
    </message>
    <message>
        <source>{title}: shortest {a}, median {b}, longest {c}</source>
        <translation>{title}：最短 {a}，中位 {b}，最长 {c}</translation>
    </message>
    <message>
        <source>Its median is more than half as long again as that of all tasks.</source>
        <translation>它的中位数比全部任务的长出一半以上。</translation>
    </message>
</context>
<context>
    <name>LessonFacts</name>
    <message>
        <source>Tasks handed out</source>
        <translation>分发的任务</translation>
    </message>
    <message>
        <source>Tasks done</source>
        <translation>完成的任务</translation>
    </message>
    <message>
        <source>Tasks failed</source>
        <translation>失败的任务</translation>
    </message>
    <message>
        <source>Tasks lost</source>
        <translation>丢失的任务</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>工作者</translation>
    </message>
    <message>
        <source>Cores there are</source>
        <translation>可用的核</translation>
    </message>
    <message>
        <source>Time taken</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Sum of the tasks</source>
        <translation>各任务用时之和</translation>
    </message>
    <message>
        <source>Longest task</source>
        <translation>最长的任务</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>吞吐量</translation>
    </message>
    <message>
        <source>Most at once</source>
        <translation>同时最多</translation>
    </message>
    <message>
        <source>Most past the lock</source>
        <translation>过锁后同时最多</translation>
    </message>
    <message>
        <source>No task under way</source>
        <translation>没有任务进行的占比</translation>
    </message>
    <message>
        <source>Pause between tasks</source>
        <translation>任务间停顿的占比</translation>
    </message>
    <message>
        <source>Began in order</source>
        <translation>按顺序开始</translation>
    </message>
    <message>
        <source>Ended in order</source>
        <translation>按顺序结束</translation>
    </message>
    <message>
        <source>Processes at work</source>
        <translation>工作的进程</translation>
    </message>
    <message>
        <source>Processes used again</source>
        <translation>重复使用的进程</translation>
    </message>
    <message>
        <source>Processes at once</source>
        <translation>同时工作的进程</translation>
    </message>
    <message>
        <source>Threads at work</source>
        <translation>工作的线程</translation>
    </message>
    <message>
        <source>Threads in a process</source>
        <translation>每个进程的线程</translation>
    </message>
    <message>
        <source>Interpreters</source>
        <translation>解释器</translation>
    </message>
    <message>
        <source>Tasks in the main process</source>
        <translation>主进程里的任务</translation>
    </message>
    <message>
        <source>Children of the main process</source>
        <translation>主进程的子进程</translation>
    </message>
    <message>
        <source>Children of a forkserver</source>
        <translation>forkserver 的子进程</translation>
    </message>
    <message>
        <source>Manager processes</source>
        <translation>Manager 进程</translation>
    </message>
    <message>
        <source>Ended with exit code 0</source>
        <translation>退出码为 0</translation>
    </message>
    <message>
        <source>Ended otherwise</source>
        <translation>以其他方式结束</translation>
    </message>
    <message>
        <source>Pending, nothing said</source>
        <translation>悬着，无人说明</translation>
    </message>
    <message>
        <source>PID of the main process</source>
        <translation>主进程的 PID</translation>
    </message>
    <message>
        <source>GIL on</source>
        <translation>GIL 开着</translation>
    </message>
    <message>
        <source>CPU time</source>
        <translation>CPU 时间</translation>
    </message>
    <message>
        <source>Cores busy</source>
        <translation>忙碌的核</translation>
    </message>
    <message>
        <source>Cores wanted</source>
        <translation>用得上的核</translation>
    </message>
    <message>
        <source>Waiting for the GIL</source>
        <translation>等 GIL 的时间</translation>
    </message>
    <message>
        <source>On a core</source>
        <translation>在核上的时间</translation>
    </message>
    <message>
        <source>On a core or waiting for one</source>
        <translation>在核上或等核的时间</translation>
    </message>
    <message>
        <source>Waits for a lock</source>
        <translation>等锁次数</translation>
    </message>
    <message>
        <source>Time waiting for locks</source>
        <translation>等锁时间</translation>
    </message>
    <message>
        <source>Waiting for room in the queue</source>
        <translation>等队列空位</translation>
    </message>
    <message>
        <source>Time in join</source>
        <translation>join 时间</translation>
    </message>
    <message>
        <source>Joined to the end</source>
        <translation>join 到最后</translation>
    </message>
    <message>
        <source>Waiting for results</source>
        <translation>等结果</translation>
    </message>
    <message>
        <source>Callbacks</source>
        <translation>回调</translation>
    </message>
    <message>
        <source>Callbacks in the main process</source>
        <translation>主进程里的回调</translation>
    </message>
    <message>
        <source>The main thread went on</source>
        <translation>主线程继续执行</translation>
    </message>
    <message>
        <source>Deadlock</source>
        <translation>死锁</translation>
    </message>
    <message>
        <source>Who waits for whom</source>
        <translation>谁在等谁</translation>
    </message>
    <message>
        <source>Lines printed</source>
        <translation>打印的行</translation>
    </message>
    <message>
        <source>Lines mixed up</source>
        <translation>混在一起的行</translation>
    </message>
    <message>
        <source>Keys in the dict</source>
        <translation>字典里的键</translation>
    </message>
    <message>
        <source>Values in the list</source>
        <translation>列表里的值</translation>
    </message>
    <message>
        <source>Values left unseen</source>
        <translation>没取走的值</translation>
    </message>
    <message>
        <source>Received as sent</source>
        <translation>收到的与发出的相同</translation>
    </message>
    <message>
        <source>Bytes of the largest</source>
        <translation>最大的字节数</translation>
    </message>
    <message>
        <source>Way of a result</source>
        <translation>结果在路上的时间</translation>
    </message>
    <message>
        <source>Pipes seen closed</source>
        <translation>看到关闭的管道</translation>
    </message>
    <message>
        <source>Threads of the main process</source>
        <translation>主进程的线程</translation>
    </message>
    <message>
        <source>PID of the forkserver</source>
        <translation>forkserver 的 PID</translation>
    </message>
    <message>
        <source>Joins returned</source>
        <translation>join 返回次数</translation>
    </message>
    <message>
        <source>Daemons cut off</source>
        <translation>被中断的守护</translation>
    </message>
    <message>
        <source>Values sent</source>
        <translation>发出的值</translation>
    </message>
    <message>
        <source>Sent by workers</source>
        <translation>工作者发出的</translation>
    </message>
    <message>
        <source>Values received</source>
        <translation>收到的值</translation>
    </message>
    <message>
        <source>Lost updates recorded</source>
        <translation>记录到的丢失更新</translation>
    </message>
    <message>
        <source>Overwritten at once</source>
        <translation>一次覆盖掉的</translation>
    </message>
    <message>
        <source>Waits for itself</source>
        <translation>自己等自己</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>应为</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>实际</translation>
    </message>
    <message>
        <source>Updates lost</source>
        <translation>丢失的更新</translation>
    </message>
    <message>
        <source>Module name in the task</source>
        <translation>任务里的模块名</translation>
    </message>
    <message>
        <source>Module name in the main process</source>
        <translation>主进程里的模块名</translation>
    </message>
    <message>
        <source>List id in the task</source>
        <translation>任务里的列表 id</translation>
    </message>
    <message>
        <source>List id in the main thread</source>
        <translation>主线程里的列表 id</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>the run did not tell</source>
        <translation>本次运行没有给出</translation>
    </message>
    <message>
        <source>{0}, not {1} {2}</source>
        <translation>{0}，而不是 {1} {2}</translation>
    </message>
</context>
<context>
    <name>LessonList</name>
    <message>
        <source>LESSONS</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Filter lessons</source>
        <translation>筛选课程</translation>
    </message>
    <message>
        <source>Filter  /</source>
        <translation>筛选  /</translation>
    </message>
    <message>
        <source>Words of the title or the text, or a point such as T9 (Ctrl+F or /). Arrow keys choose, Enter opens, Esc shows all.</source>
        <translation>标题或正文中的词，或 T9 这样的编号（Ctrl+F 或 /）。方向键选择，Enter 打开，Esc 显示全部。</translation>
    </message>
    <message>
        <source>Show all lessons</source>
        <translation>显示全部课程</translation>
    </message>
    <message>
        <source>Could not be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>not begun</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>question skipped</source>
        <translation>跳过了问题</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>已回答</translation>
    </message>
    <message>
        <source>understood</source>
        <translation>已学会</translation>
    </message>
    <message>
        <source>Broken lesson: {0}</source>
        <translation>有问题的课程：{0}</translation>
    </message>
    <message>
        <source>{0} of {1} understood</source>
        <translation>已学会 {0} / {1}</translation>
    </message>
    <message>
        <source>{0} files could not be read</source>
        <translation>{0} 个文件无法读取</translation>
    </message>
    <message>
        <source>1 file could not be read</source>
        <translation>1 个文件无法读取</translation>
    </message>
    <message>
        <source>Go to the end of the list, where it says why</source>
        <translation>转到列表末尾，那里写着原因</translation>
    </message>
</context>
<context>
    <name>LessonPage</name>
    <message>
        <source>Lesson</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Previous lesson</source>
        <translation>上一课</translation>
    </message>
    <message>
        <source>Next lesson</source>
        <translation>下一课</translation>
    </message>
    <message>
        <source>Before the run</source>
        <translation>运行之前</translation>
    </message>
    <message>
        <source>Choose a lesson on the left.</source>
        <translation>请在左边选一课。</translation>
    </message>
    <message>
        <source>Previous lesson: {0} (Alt+Left)</source>
        <translation>上一课：{0} (Alt+Left)</translation>
    </message>
    <message>
        <source>Next lesson: {0} (Alt+Right)</source>
        <translation>下一课：{0} (Alt+Right)</translation>
    </message>
</context>
<context>
    <name>LessonPlaces</name>
    <message>
        <source>Looking for Python {0} …</source>
        <translation>正在寻找 Python {0}…</translation>
    </message>
    <message>
        <source>This needs Python {0}, and none was found here. Install it, then start Threadmill again.</source>
        <translation>这需要 Python {0}，这里没有找到。请安装后重新启动 Threadmill。</translation>
    </message>
    <message>
        <source>It runs under Python {0}.</source>
        <translation>在 Python {0} 下运行。</translation>
    </message>
    <message>
        <source>{0} cannot run under Python {1}: {2}.</source>
        <translation>{0} 不能在 Python {1} 下运行：{2}。</translation>
    </message>
</context>
<context>
    <name>LessonRows</name>
    <message>
        <source>Lessons</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>No lesson has these words. Esc shows all.</source>
        <translation>没有含这些词的课。按 Esc 显示全部。</translation>
    </message>
    <message>
        <source>Reading the lessons …</source>
        <translation>正在读取课程…</translation>
    </message>
</context>
<context>
    <name>LessonRuns</name>
    <message>
        <source>Stopped before it started.</source>
        <translation>还没开始就停止了。</translation>
    </message>
    <message>
        <source>it did not say why.</source>
        <translation>它没有说明原因。</translation>
    </message>
    <message>
        <source>The run failed: {0} It can be run again.</source>
        <translation>运行失败：{0} 可以再运行一次。</translation>
    </message>
    <message>
        <source>Stopped before its end, so it shows nothing yet. Run it again.</source>
        <translation>没到结束就停止了，所以还没有结果。请再运行一次。</translation>
    </message>
    <message>
        <source>What the run showed could not be found out: {0}</source>
        <translation>无法得出本次运行的结果：{0}</translation>
    </message>
    <message>
        <source>The next run came too soon to conclude anything from this one.</source>
        <translation>下一次运行来得太快，这一次没有结论。</translation>
    </message>
</context>
<context>
    <name>Lessons</name>
    <message>
        <source>There is no lesson that can be read.</source>
        <translation>没有可读的课程。</translation>
    </message>
    <message>
        <source>beginner</source>
        <translation>入门</translation>
    </message>
    <message>
        <source>intermediate</source>
        <translation>进阶</translation>
    </message>
    <message>
        <source>advanced</source>
        <translation>高级</translation>
    </message>
</context>
<context>
    <name>LiveControls</name>
    <message>
        <source>Live: the run follows.</source>
        <translation>实时：运行会跟着变。</translation>
    </message>
    <message>
        <source>Live: the run follows, up to the pool size of {0}.</source>
        <translation>实时：运行会跟着变，最多到池的大小 {0}。</translation>
    </message>
    <message>
        <source>Live, up to the {0} the pool was made with: set Pool size before the run to go beyond.</source>
        <translation>实时，最多到创建池时的 {0} 个；要更多，请在运行前设置“池的大小”。</translation>
    </message>
    <message>
        <source>Set Pool size before the run to turn workers up to it.</source>
        <translation>要在运行中调高工作者数量，请先设置“池的大小”。</translation>
    </message>
    <message>
        <source>{0} cannot change them during a run: this is for the next one.</source>
        <translation>“{0}”不能在运行中改变数量：用于下次运行。</translation>
    </message>
    <message>
        <source>next run</source>
        <translation>下次运行</translation>
    </message>
    <message>
        <source>A run is on: what you choose here is for the next one. What is marked {0} changes this one.</source>
        <translation>正在运行：这里的选择用于下一次。标有 {0} 的会改变本次运行。</translation>
    </message>
    <message>
        <source>live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>Changes the run under way.</source>
        <translation>改变正在进行的运行。</translation>
    </message>
    <message>
        <source>fixed</source>
        <translation>固定</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Threadmill</source>
        <translation>Threadmill</translation>
    </message>
    <message>
        <source>The window is closed; show it again first.</source>
        <translation>窗口已关闭；请先重新打开。</translation>
    </message>
    <message>
        <source>A run is under way; stop it first.</source>
        <translation>正在运行；请先停止。</translation>
    </message>
    <message>
        <source>A sweep is under way: stop it first.</source>
        <translation>扫描正在进行：请先停止它。</translation>
    </message>
    <message>
        <source>The window is still opening: press Run again.</source>
        <translation>窗口仍在打开：请再按一次运行。</translation>
    </message>
</context>
<context>
    <name>ModeSwitch</name>
    <message>
        <source>What the window is for</source>
        <translation>窗口的用途</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>探索</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>My function</source>
        <translation>我的函数</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
</context>
<context>
    <name>ModelList</name>
    <message>
        <source>Concurrency model</source>
        <translation>并发模型</translation>
    </message>
    <message>
        <source>needs Python {0}</source>
        <translation>需要 Python {0}</translation>
    </message>
    <message>
        <source>not installed</source>
        <translation>未安装</translation>
    </message>
    <message>
        <source>Asking Python what it can run ...</source>
        <translation>正在询问 Python 能运行什么…</translation>
    </message>
    <message>
        <source>No model is called so. Esc shows all.</source>
        <translation>没有这个名字的模型。按 Esc 显示全部。</translation>
    </message>
</context>
<context>
    <name>ModelPicker</name>
    <message>
        <source>MODEL</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Filter models</source>
        <translation>筛选模型</translation>
    </message>
    <message>
        <source>Filter  /</source>
        <translation>筛选  /</translation>
    </message>
    <message>
        <source>Part of a name or family (Ctrl+F or /). Arrow keys choose, Enter takes the first, Esc shows all.</source>
        <translation>名称或类别的一部分（Ctrl+F 或 /）。方向键选择，Enter 取第一个，Esc 显示全部。</translation>
    </message>
    <message>
        <source>Show all models</source>
        <translation>显示全部模型</translation>
    </message>
    <message>
        <source>Use the interpreter that has it</source>
        <translation>使用有它的解释器</translation>
    </message>
    <message>
        <source>{0}.</source>
        <translation>{0}。</translation>
    </message>
    <message>
        <source>Python {0} has it.</source>
        <translation>Python {0} 有。</translation>
    </message>
    <message>
        <source>No Python found here has it.</source>
        <translation>这里找到的 Python 都没有。</translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation>{0}{1}</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>Use Python {0}</source>
        <translation>使用 Python {0}</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>it ended {0} times within {1} minutes; the last one, PID {2}, {3}. Runs go on: each starts a host of its own, a little later.</source>
        <translation>{1} 分钟内结束了 {0} 次，最后一个是 PID {2}：{3}。运行不受影响：每次会自己启动一个主进程，只是稍慢一些。</translation>
    </message>
    <message>
        <source>It wrote: {0}</source>
        <translation>它写道：{0}</translation>
    </message>
    <message>
        <source>No host stands ready:</source>
        <translation>没有主进程待命：</translation>
    </message>
    <message>
        <source>Threadmill crashed last time:</source>
        <translation>Threadmill 上次崩溃了：</translation>
    </message>
    <message>
        <source>{0}, {1}. The report has the stacks, and what ran.</source>
        <translation>{0}，{1}。报告里有各线程的调用栈和当时的运行。</translation>
    </message>
    <message>
        <source>The last window was not closed:</source>
        <translation>上一个窗口没有正常关闭：</translation>
    </message>
    <message>
        <source>it was killed, or the machine went down, {0}. The report says what ran.</source>
        <translation>它被杀死了，或者机器关机了（{0}）。报告里有当时的运行。</translation>
    </message>
    <message>
        <source>No crash report is kept.</source>
        <translation>没有保存的崩溃报告。</translation>
    </message>
    <message>
        <source>What the window that crashed has left; it stands in {0}.</source>
        <translation>崩溃的窗口留下的内容，保存在 {0}。</translation>
    </message>
    <message>
        <source>Crash report</source>
        <translation>崩溃报告</translation>
    </message>
    <message>
        <source>What the host, PID {0}, wrote before it {1}:</source>
        <translation>主进程 PID {0}（{1}）此前写下的内容：</translation>
    </message>
    <message>
        <source>Output of the host</source>
        <translation>主进程的输出</translation>
    </message>
</context>
<context>
    <name>OutputFilter</name>
    <message>
        <source>Output of which process</source>
        <translation>哪个进程的输出</translation>
    </message>
    <message>
        <source>Show what one process said, or all of them</source>
        <translation>显示一个进程的输出，或全部</translation>
    </message>
    <message>
        <source>All processes</source>
        <translation>全部进程</translation>
    </message>
    <message>
        <source>Printed</source>
        <translation>打印</translation>
    </message>
    <message>
        <source>What tasks print</source>
        <translation>任务打印的内容</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Tracebacks of failed tasks, and lines that were lost</source>
        <translation>失败任务的回溯，以及丢失的行</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>What happened: callbacks, signals, lost tasks, ends of processes …</source>
        <translation>发生的事：回调、信号、丢失的任务、进程结束…</translation>
    </message>
    <message>
        <source>Filter the output by text</source>
        <translation>按文本筛选输出</translation>
    </message>
    <message>
        <source>Filter by text</source>
        <translation>按文本筛选</translation>
    </message>
    <message>
        <source>Show only lines with this text, or of a lane with this name. Esc empties it.</source>
        <translation>只显示含此文本的行，或此名称的线程的行。按 Esc 清空。</translation>
    </message>
    <message>
        <source>Empty the text filter</source>
        <translation>清空文本筛选</translation>
    </message>
</context>
<context>
    <name>OutputPanel</name>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
</context>
<context>
    <name>OutputText</name>
    <message>
        <source>Output: what tasks print, their errors, and what happened to the run</source>
        <translation>输出：任务打印的内容、错误，以及运行中发生的事</translation>
    </message>
    <message numerus="yes">
        <source>… {n} earlier line(s) are not shown …</source>
        <translation>
            <numerusform>… 更早的 {n} 行未显示 …</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} line(s) were lost: tasks printed faster than could be read</source>
        <translation>
            <numerusform>丢了 {n} 行：任务打印得太快，来不及读</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… {n} line(s) …</source>
        <translation>
            <numerusform>… {n} 行 …</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing passes the filter.</source>
        <translation>没有内容通过筛选。</translation>
    </message>
    <message>
        <source>The filter lets nothing through. Choose other processes or kinds, or empty the text field.</source>
        <translation>全被筛掉了。请换进程或种类，或清空文本框。</translation>
    </message>
    <message>
        <source>Nothing was printed so far. What tasks print, their errors and events appear here.</source>
        <translation>还没有打印任何内容。任务打印的内容、错误和事件会出现在这里。</translation>
    </message>
</context>
<context>
    <name>OwnChooser</name>
    <message>
        <source>Choose a Python file …</source>
        <translation>选择 Python 文件…</translation>
    </message>
    <message>
        <source>Choose a Python file</source>
        <translation>选择 Python 文件</translation>
    </message>
    <message>
        <source>Files used before</source>
        <translation>以前用过的文件</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>such as {0}</source>
        <translation>例如 {0}</translation>
    </message>
    <message>
        <source>A list, range(…), @FILE.csv:COLUMN, @FILE.jsonl, or :GENERATOR of the same file.</source>
        <translation>列表、range(…)、@文件.csv:列、@文件.jsonl，或同一文件中的生成器（:名称）。</translation>
    </message>
    <message>
        <source>Drop a file anywhere on the window, or press here (Ctrl+O)</source>
        <translation>把文件拖到窗口任意处，或按这里（Ctrl+O）</translation>
    </message>
    <message>
        <source>There is no {0} in this file any more: choose another function.</source>
        <translation>这个文件里已没有 {0}：请选择另一个函数。</translation>
    </message>
    <message>
        <source>This file has no function: put what a task does into one.</source>
        <translation>这个文件没有函数：请把任务要做的事写成函数。</translation>
    </message>
    <message>
        <source>What it yields is seen when it runs</source>
        <translation>运行时才知道它产生什么</translation>
    </message>
    <message>
        <source>It is called without inputs</source>
        <translation>调用时不带输入</translation>
    </message>
    <message numerus="yes">
        <source>%n input(s)</source>
        <translation>
            <numerusform>%n 个输入</numerusform>
        </translation>
    </message>
    <message>
        <source>Python files (*.py)</source>
        <translation>Python 文件 (*.py)</translation>
    </message>
</context>
<context>
    <name>OwnEnd</name>
    <message>
        <source>Once time is up or all tasks are handed out, the run is ended if no task ends for {0} s.</source>
        <translation>时间到或任务全部分发之后，如果 {0} 秒内没有任务结束，运行就会被终止。</translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation>{0}{1}</translation>
    </message>
    <message>
        <source>If no task ends for {0} s, or for {1} s once all are handed out, the run is ended.</source>
        <translation>如果 {0} 秒内（任务全部分发之后为 {1} 秒）没有任务结束，运行就会被终止。</translation>
    </message>
</context>
<context>
    <name>OwnFunction</name>
    <message>
        <source>Choose a Python file with a function first (Ctrl+O).</source>
        <translation>请先选择一个含有函数的 Python 文件（Ctrl+O）。</translation>
    </message>
    <message>
        <source>The file is not trusted yet: read it under Function, and press Trust there.</source>
        <translation>该文件还未被信任：请在“函数”下阅读，并在那里按“信任”。</translation>
    </message>
    <message>
        <source>Press Check (Ctrl+P): the function is called a few times in another process.</source>
        <translation>请按“检查”（Ctrl+P）：函数会在另一个进程中被调用几次。</translation>
    </message>
    <message>
        <source>{0} is not trusted yet: read it, then press Trust and run beside it.</source>
        <translation>{0} 还不受信任：请先阅读，再按旁边的“信任并运行”。</translation>
    </message>
</context>
<context>
    <name>OwnViews</name>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Which model?</source>
        <translation>用哪个模型？</translation>
    </message>
    <message>
        <source>What is shown of your function</source>
        <translation>显示你的函数的哪一方面</translation>
    </message>
</context>
<context>
    <name>ParamForm</name>
    <message>
        <source>Changes the run under way.</source>
        <translation>改变正在进行的运行。</translation>
    </message>
    <message>
        <source>▾  fewer</source>
        <translation>▾  收起</translation>
    </message>
    <message>
        <source>▸  {0} more:  {1}</source>
        <translation>▸  还有 {0} 项：  {1}</translation>
    </message>
    <message>
        <source>▸  {0} more</source>
        <translation>▸  还有 {0} 项</translation>
    </message>
    <message>
        <source>{0} more options: {1}</source>
        <translation>还有 {0} 个选项：{1}</translation>
    </message>
    <message>
        <source>{0} (default)</source>
        <translation>{0}（默认）</translation>
    </message>
    <message>
        <source>What this Python uses by itself.</source>
        <translation>这个 Python 自己的默认值。</translation>
    </message>
</context>
<context>
    <name>Parts</name>
    <message>
        <source>Picture</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>脚本</translation>
    </message>
    <message>
        <source>Save or copy the picture</source>
        <translation>保存或复制图像</translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <source>Picture: what the tasks have painted so far</source>
        <translation>图像：任务目前画出的内容</translation>
    </message>
    <message>
        <source>There is no picture to save: run a workload that paints one.</source>
        <translation>没有可保存的图像：请运行会画图的负载。</translation>
    </message>
    <message>
        <source>{0} was not saved: Qt could not encode the picture.</source>
        <translation>{0} 没有保存：Qt 无法编码这幅图像。</translation>
    </message>
    <message>
        <source>{0} by {1} pixels</source>
        <translation>{0} × {1} 像素</translation>
    </message>
</context>
<context>
    <name>PidActivityChart</name>
    <message>
        <source>Activity by PID</source>
        <translation>各 PID 的活动</translation>
    </message>
    <message>
        <source>Activity by PID: CPU use of every process over time</source>
        <translation>各 PID 的活动：每个进程的 CPU 使用随时间的变化</translation>
    </message>
    <message>
        <source>Rows of the activity chart</source>
        <translation>活动图的行</translation>
    </message>
    <message>
        <source>The processes of the run are being looked up …</source>
        <translation>正在查找本次运行的进程…</translation>
    </message>
    <message>
        <source>No process of this run was seen.</source>
        <translation>没有看到本次运行的进程。</translation>
    </message>
    <message>
        <source>Press Run: every process gets a strip here that shows when it runs and when it waits for a core.</source>
        <translation>按“运行”：每个进程在这里有一条，显示它何时在执行，何时在等核。</translation>
    </message>
    <message>
        <source>last {n} s</source>
        <translation>最近 {n} s</translation>
    </message>
    <message>
        <source>whole run</source>
        <translation>整个运行</translation>
    </message>
    <message>
        <source>rows {a} to {b} of {n}</source>
        <translation>第 {a} 到 {b} 行，共 {n} 行</translation>
    </message>
    <message>
        <source>running</source>
        <translation>执行</translation>
    </message>
    <message>
        <source>waiting for a core</source>
        <translation>等核</translation>
    </message>
    <message>
        <source>no sample</source>
        <translation>无采样</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>tasks</source>
        <translation>任务</translation>
    </message>
</context>
<context>
    <name>PidWords</name>
    <message>
        <source>thread {n}</source>
        <translation>线程 {n}</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n} %</translation>
    </message>
    <message>
        <source>‖ stopped</source>
        <translation>‖ 已停住</translation>
    </message>
    <message>
        <source>‖ silent</source>
        <translation>‖ 无声息</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>main</source>
        <translation>主进程</translation>
    </message>
    <message>
        <source>worker</source>
        <translation>工作进程</translation>
    </message>
    <message>
        <source>forkserver</source>
        <translation>forkserver</translation>
    </message>
    <message>
        <source>tracker</source>
        <translation>跟踪器</translation>
    </message>
    <message>
        <source>manager</source>
        <translation>Manager</translation>
    </message>
    <message>
        <source>child</source>
        <translation>子进程</translation>
    </message>
    <message>
        <source>PID {pid}, {role}</source>
        <translation>PID {pid}，{role}</translation>
    </message>
    <message>
        <source>{name}, TID {tid}</source>
        <translation>{name}，TID {tid}</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} s</translation>
    </message>
    <message>
        <source>CPU {n} % of one core</source>
        <translation>CPU 占一个核的 {n} %</translation>
    </message>
    <message>
        <source>waiting for a core {n} %</source>
        <translation>等核 {n} %</translation>
    </message>
    <message>
        <source>waiting for a core: this system does not tell</source>
        <translation>等核：本系统不提供</translation>
    </message>
    <message>
        <source>no sample: it lived too briefly, or the sampler could not ask it</source>
        <translation>无采样：存活太短，或采样器无法读取</translation>
    </message>
    <message>
        <source>not alive then</source>
        <translation>那时不存在</translation>
    </message>
    <message>
        <source>at {when}</source>
        <translation>在 {when}</translation>
    </message>
</context>
<context>
    <name>Preflight</name>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>返回值</translation>
    </message>
    <message>
        <source>Main guard</source>
        <translation>主程序保护</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>GIL</source>
        <translation>GIL</translation>
    </message>
    <message>
        <source>Interpreters</source>
        <translation>解释器</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>Globals</source>
        <translation>全局变量</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
</context>
<context>
    <name>PreflightCard</name>
    <message>
        <source>Before it runs</source>
        <translation>运行之前</translation>
    </message>
    <message>
        <source>BEFORE IT RUNS</source>
        <translation>运行之前</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Check the function</source>
        <translation>检查函数</translation>
    </message>
    <message>
        <source>Imports the file and calls the function a few times (Ctrl+P)</source>
        <translation>导入文件并调用函数几次（Ctrl+P）</translation>
    </message>
    <message>
        <source>What it printed while it was looked at</source>
        <translation>检查时它打印的内容</translation>
    </message>
    <message>
        <source>What is to be known of a function before it runs appears here.</source>
        <translation>运行前应当了解的事项会显示在这里。</translation>
    </message>
    <message>
        <source>Looking at it …</source>
        <translation>正在检查…</translation>
    </message>
    <message numerus="yes">
        <source>It printed %n line(s) meanwhile</source>
        <translation>
            <numerusform>期间打印了 %n 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n line(s) more</source>
        <translation>
            <numerusform>…还有 %n 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) to know</source>
        <translation>
            <numerusform>%n 点需要注意</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing stands in the way</source>
        <translation>没有障碍</translation>
    </message>
    <message>
        <source>Not finished: {0}</source>
        <translation>未完成：{0}</translation>
    </message>
    <message>
        <source>of another choice: check again</source>
        <translation>选择已改变：请重新检查</translation>
    </message>
</context>
<context>
    <name>ProcessModel</name>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>Parent</source>
        <translation>父进程</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>CPU %</source>
        <translation>CPU %</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Switches</source>
        <translation>切换</translation>
    </message>
    <message>
        <source>Exit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Process number; for a thread its number (TID)</source>
        <translation>进程号；线程则为线程号（TID）</translation>
    </message>
    <message>
        <source>The process it was started by (PPID)</source>
        <translation>启动它的进程（PPID）</translation>
    </message>
    <message>
        <source>What it is to the run</source>
        <translation>它在运行中的角色</translation>
    </message>
    <message>
        <source>What the kernel says it does at present</source>
        <translation>内核所说的当前状态</translation>
    </message>
    <message>
        <source>Threads alive in the process</source>
        <translation>进程中存活的线程</translation>
    </message>
    <message>
        <source>Of one core, over the last second; more than 100 with several threads</source>
        <translation>最近一秒占一个核的比例；多线程时可超过 100</translation>
    </message>
    <message>
        <source>Resident memory (RSS): all it holds, with what it shares</source>
        <translation>常驻内存（RSS）：占用的全部，包括共享部分</translation>
    </message>
    <message>
        <source>Tasks that ended on it</source>
        <translation>在它上面结束的任务</translation>
    </message>
    <message>
        <source>How often the kernel put it on a core</source>
        <translation>内核把它放到核上的次数</translation>
    </message>
    <message>
        <source>0, its exit code, or the signal that ended it</source>
        <translation>0、退出码，或结束它的信号</translation>
    </message>
    <message>
        <source>and {n} earlier</source>
        <translation>以及更早的 {n} 个</translation>
    </message>
    <message>
        <source>Ended processes that are no longer listed</source>
        <translation>不再列出的已结束进程</translation>
    </message>
</context>
<context>
    <name>ProcessTable</name>
    <message>
        <source>Processes and threads of the run</source>
        <translation>本次运行的进程和线程</translation>
    </message>
    <message>
        <source>Press Run: every process and thread of the run is listed here.</source>
        <translation>按“运行”：本次运行的每个进程和线程都列在这里。</translation>
    </message>
</context>
<context>
    <name>PythonPicker</name>
    <message>
        <source>The interpreter that carries the run.</source>
        <translation>执行本次运行的解释器。</translation>
    </message>
    <message>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <source>Python interpreter</source>
        <translation>Python 解释器</translation>
    </message>
    <message>
        <source>this one</source>
        <translation>本程序所用</translation>
    </message>
    <message>
        <source>Other Python</source>
        <translation>其他 Python</translation>
    </message>
    <message>
        <source>Other …: give the path of a Python</source>
        <translation>其他…：指定 Python 的路径</translation>
    </message>
    <message>
        <source>Choose a Python 3.11 or later</source>
        <translation>选择 Python 3.11 或更高版本</translation>
    </message>
    <message>
        <source>free-threaded</source>
        <translation>自由线程</translation>
    </message>
    <message>
        <source>A free-threaded build: its threads need not share a GIL.</source>
        <translation>自由线程版本：它的线程不必共用 GIL。</translation>
    </message>
    <message>
        <source>{0}, GIL on</source>
        <translation>{0}，GIL 开</translation>
    </message>
    <message>
        <source>{0}, GIL off</source>
        <translation>{0}，GIL 关</translation>
    </message>
</context>
<context>
    <name>QuestionBox</name>
    <message>
        <source>WHAT DO YOU EXPECT?</source>
        <translation>你认为会怎样？</translation>
    </message>
    <message>
        <source>Skip the question</source>
        <translation>跳过问题</translation>
    </message>
    <message>
        <source>Key {0}</source>
        <translation>按键 {0}</translation>
    </message>
    <message>
        <source>YOUR GUESS AND THE ANSWER</source>
        <translation>你的猜测与答案</translation>
    </message>
    <message>
        <source>Your guess was right</source>
        <translation>猜对了</translation>
    </message>
    <message>
        <source>Your guess: not this time</source>
        <translation>这次没猜对</translation>
    </message>
    <message>
        <source>The answer</source>
        <translation>正确答案</translation>
    </message>
    <message>
        <source>You skipped the question.</source>
        <translation>你跳过了问题。</translation>
    </message>
</context>
<context>
    <name>Reader</name>
    <message>
        <source>A sweep is under way: stop it first.</source>
        <translation>扫描正在进行：请先停止它。</translation>
    </message>
    <message>
        <source>The run could not be started: {0}.</source>
        <translation>无法开始运行：{0}。</translation>
    </message>
    <message>
        <source>Something runs already: stop it first.</source>
        <translation>已有东西在运行：请先停止它。</translation>
    </message>
    <message>
        <source>The run could not be read: {0}.</source>
        <translation>无法读取运行数据：{0}。</translation>
    </message>
    <message>
        <source>The sweep broke off: {0}.</source>
        <translation>扫描中断：{0}。</translation>
    </message>
</context>
<context>
    <name>RecommendationCard</name>
    <message>
        <source>What to use</source>
        <translation>用什么</translation>
    </message>
    <message>
        <source>Run it</source>
        <translation>运行它</translation>
    </message>
    <message>
        <source>Show the script</source>
        <translation>显示脚本</translation>
    </message>
    <message>
        <source>So far: {0}</source>
        <translation>目前：{0}</translation>
    </message>
    <message>
        <source>Runner-up: {0}, {1} tasks/s ({2}).</source>
        <translation>第二名：{0}，{1} 任务/秒（{2}）。</translation>
    </message>
    <message>
        <source>! {0}</source>
        <translation>! {0}</translation>
    </message>
    <message>
        <source>Which model is right for it? Press Measure.</source>
        <translation>哪个模型适合它？按“测量”。</translation>
    </message>
    <message>
        <source>It depends on the length of a task: see the crossover.</source>
        <translation>取决于任务的长短：请看交叉点。</translation>
    </message>
    <message>
        <source>Nothing could be measured yet.</source>
        <translation>还没有测到任何东西。</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>Window: {0}, PID {1}, {2}</source>
        <translation>窗口：{0}，PID {1}，{2}</translation>
    </message>
    <message>
        <source>System: {0}</source>
        <translation>系统：{0}</translation>
    </message>
    <message>
        <source>No run yet.</source>
        <translation>还没有运行过。</translation>
    </message>
    <message>
        <source>{0} (the default)</source>
        <translation>{0}（默认）</translation>
    </message>
    <message>
        <source>Start method: {0}</source>
        <translation>启动方式：{0}</translation>
    </message>
    <message>
        <source>Last run: {0}</source>
        <translation>最近的运行：{0}</translation>
    </message>
    <message>
        <source>It is: {0}</source>
        <translation>状态：{0}</translation>
    </message>
    <message>
        <source>Interpreter of the runs: {0} {1}, {2}</source>
        <translation>运行所用的解释器：{0} {1}，{2}</translation>
    </message>
    <message>
        <source>The last {0} lines of output and events:</source>
        <translation>最后 {0} 行输出和事件：</translation>
    </message>
</context>
<context>
    <name>ResultBox</name>
    <message>
        <source>WHAT THIS RUN SHOWED</source>
        <translation>本次运行的结果</translation>
    </message>
    <message>
        <source>This run did not show all that it should. A busy machine can do that: close what else computes, and run it again.</source>
        <translation>本次运行没有显示出该有的全部现象。机器繁忙时会这样：请关掉其他在计算的程序，再运行一次。</translation>
    </message>
    <message>
        <source>It held</source>
        <translation>成立</translation>
    </message>
    <message>
        <source>It did not hold</source>
        <translation>不成立</translation>
    </message>
</context>
<context>
    <name>RowWords</name>
    <message>
        <source>It was over before it could be sampled.</source>
        <translation>还没采样就结束了。</translation>
    </message>
    <message>
        <source>Not sampled yet.</source>
        <translation>尚未采样。</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>Process {pid} on {host}</source>
        <translation>{host} 上的进程 {pid}</translation>
    </message>
    <message>
        <source>‖ stopped</source>
        <translation>‖ 已停住</translation>
    </message>
    <message>
        <source>It was stopped by a signal (SIGSTOP) and stands still until SIGCONT: thaw it, or stop the run.</source>
        <translation>它被信号（SIGSTOP）停住，直到 SIGCONT：请解冻它，或停止运行。</translation>
    </message>
    <message>
        <source>‖ silent</source>
        <translation>‖ 无声息</translation>
    </message>
    <message>
        <source>It has given no sign of life for a while: wait, or stop the run.</source>
        <translation>它有一阵子没有动静了：请等待，或停止运行。</translation>
    </message>
    <message>
        <source>Thread {tid}, {name}</source>
        <translation>线程 {tid}，{name}</translation>
    </message>
    <message>
        <source>main</source>
        <translation>主进程</translation>
    </message>
    <message>
        <source>worker</source>
        <translation>工作进程</translation>
    </message>
    <message>
        <source>forkserver</source>
        <translation>forkserver</translation>
    </message>
    <message>
        <source>resource tracker</source>
        <translation>资源跟踪器</translation>
    </message>
    <message>
        <source>manager</source>
        <translation>Manager</translation>
    </message>
    <message>
        <source>child of a task</source>
        <translation>任务的子进程</translation>
    </message>
    <message>
        <source>main thread</source>
        <translation>主线程</translation>
    </message>
    <message>
        <source>worker thread</source>
        <translation>工作线程</translation>
    </message>
    <message>
        <source>helper thread</source>
        <translation>辅助线程</translation>
    </message>
    <message>
        <source>code {n}</source>
        <translation>退出码 {n}</translation>
    </message>
    <message>
        <source>signal {n}</source>
        <translation>信号 {n}</translation>
    </message>
    <message>
        <source>This system does not tell, or not to us.</source>
        <translation>本系统不提供，或不对我们提供。</translation>
    </message>
    <message>
        <source>RSS {size}: all it holds, with what it shares</source>
        <translation>RSS {size}：占用的全部，包括共享部分</translation>
    </message>
    <message>
        <source>PSS: not known</source>
        <translation>PSS：未知</translation>
    </message>
    <message>
        <source>PSS {size}: shared pages divided among those who share them</source>
        <translation>PSS {size}：共享页由各共享者均摊</translation>
    </message>
    <message>
        <source>USS: not known</source>
        <translation>USS：未知</translation>
    </message>
    <message>
        <source>USS {size}: its own alone</source>
        <translation>USS {size}：仅它独有</translation>
    </message>
    <message>
        <source>Of one core, on average over its part of the run</source>
        <translation>占一个核的比例，它参与运行期间的平均</translation>
    </message>
    <message>
        <source>It takes two samples to tell.</source>
        <translation>要采样两次才知道。</translation>
    </message>
    <message>
        <source>Of one core, on average over its life</source>
        <translation>占一个核的比例，存活期间的平均</translation>
    </message>
    <message>
        <source>Of one core, over the last second</source>
        <translation>占一个核的比例，最近一秒</translation>
    </message>
    <message>
        <source>Its exit code did not reach us.</source>
        <translation>没有收到它的退出码。</translation>
    </message>
</context>
<context>
    <name>RunController</name>
    <message>
        <source>The run is stopping: it can no longer be changed.</source>
        <translation>正在停止：不能再改动。</translation>
    </message>
    <message>
        <source>The run is starting: wait until it runs, then change it.</source>
        <translation>正在启动：等它运行起来再改。</translation>
    </message>
    <message>
        <source>No run is under way that could be changed: start one first.</source>
        <translation>没有可以改动的运行：请先开始一次运行。</translation>
    </message>
    <message>
        <source>No run is under way whose waits could be broken off.</source>
        <translation>没有正在进行的运行，也就没有等待可以打断。</translation>
    </message>
    <message>
        <source>No run is under way whose workers could be broken.</source>
        <translation>没有正在进行的运行，无从弄坏工作者。</translation>
    </message>
</context>
<context>
    <name>RunLabels</name>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>deadlock</source>
        <translation>死锁</translation>
    </message>
</context>
<context>
    <name>RunView</name>
    <message>
        <source>Saved {0}.</source>
        <translation>已保存 {0}。</translation>
    </message>
    <message>
        <source>It is set up on the left: press Run (Ctrl+R).</source>
        <translation>已在左侧设置好：按“运行”（Ctrl+R）。</translation>
    </message>
    <message>
        <source>{0} could not be loaded: {1}</source>
        <translation>无法加载 {0}：{1}</translation>
    </message>
    <message>
        <source>Stopped before it started.</source>
        <translation>还没开始就停止了。</translation>
    </message>
    <message>
        <source>Choose on the left, then press Run (Ctrl+R).</source>
        <translation>在左边选择，然后按“运行”（Ctrl+R）。</translation>
    </message>
    <message>
        <source>Measuring: Stop (Esc) ends it, and what was measured is kept.</source>
        <translation>正在测量：停止（Esc）可结束测量，已测得的结果会保留。</translation>
    </message>
</context>
<context>
    <name>Saves</name>
    <message>
        <source>Save as &amp;PNG picture …</source>
        <translation>存为 &amp;PNG 图片…</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
    <message>
        <source>Save as &amp;SVG picture …</source>
        <translation>存为 &amp;SVG 图片…</translation>
    </message>
    <message>
        <source>SVG picture (*.svg)</source>
        <translation>SVG 图片 (*.svg)</translation>
    </message>
    <message>
        <source>Save data as &amp;CSV …</source>
        <translation>将数据存为 &amp;CSV…</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>逗号分隔值 (*.csv)</translation>
    </message>
    <message>
        <source>&amp;Copy the picture</source>
        <translation>复制图片(&amp;C)</translation>
    </message>
    <message>
        <source>Save {title}</source>
        <translation>保存{title}</translation>
    </message>
</context>
<context>
    <name>ScalingChart</name>
    <message>
        <source>Scaling</source>
        <translation>扩展性</translation>
    </message>
    <message>
        <source>workers</source>
        <translation>工作者</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Here it is shown how each model gains from more workers: measure two numbers of workers or more.</source>
        <translation>这里显示每个模型从更多工作者得到多少：请测量两种以上的工作者数。</translation>
    </message>
    <message>
        <source>Efficiency: speed-up for each worker</source>
        <translation>效率：每个工作者的加速</translation>
    </message>
    <message>
        <source>Speed-up against one after the other</source>
        <translation>相对逐个执行的加速</translation>
    </message>
    <message>
        <source>Speed-up against its fewest workers</source>
        <translation>相对其最少工作者的加速</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n} %</translation>
    </message>
    <message>
        <source>{0} tasks/s ({1})</source>
        <translation>{0} 任务/秒（{1}）</translation>
    </message>
    <message>
        <source>speed-up {0}, efficiency {1} %</source>
        <translation>加速 {0}，效率 {1} %</translation>
    </message>
</context>
<context>
    <name>Sentence</name>
    <message>
        <source>Not known.</source>
        <translation>未知。</translation>
    </message>
    <message>
        <source>Line {0} of {1} runs whenever it is imported ({2}): each worker process would do that again.</source>
        <translation>{1} 的第 {0} 行在每次导入时都会运行（{2}）：每个工作进程都会再做一遍。</translation>
    </message>
    <message>
        <source>Put it under `if __name__ == &quot;__main__&quot;:`.</source>
        <translation>请把它放到 `if __name__ == &quot;__main__&quot;:` 之下。</translation>
    </message>
    <message>
        <source>What only the main program does stands under its guard.</source>
        <translation>只由主程序做的事都在其保护语句之下。</translation>
    </message>
    <message>
        <source>Nothing at the top of the file does work: no guard is needed.</source>
        <translation>文件顶层不做任何工作：不需要保护语句。</translation>
    </message>
    <message>
        <source>The inputs cannot be pickled because of {0}: processes cannot be sent them.</source>
        <translation>由于{0}，输入无法被 pickle：不能发送给进程。</translation>
    </message>
    <message>
        <source>Use threads, or give what it can be made of: a name, a path, numbers.</source>
        <translation>请使用线程，或者给出可以用来构造它的东西：名称、路径、数字。</translation>
    </message>
    <message>
        <source>The inputs can be pickled: {0} each, and to send them takes {1} for a call of {2}.</source>
        <translation>输入可以被 pickle：每个 {0}；调用需要 {2}，而传送它们需要 {1}。</translation>
    </message>
    <message>
        <source>Give less (a path, a range), use threads, or shared memory.</source>
        <translation>请给出更少的内容（一个路径、一个范围），或使用线程或共享内存。</translation>
    </message>
    <message>
        <source>The inputs can be pickled: {0} each.</source>
        <translation>输入可以被 pickle：每个 {0}。</translation>
    </message>
    <message>
        <source>{0} raised {1} in line {2}.</source>
        <translation>{0} 在第 {2} 行引发了 {1}。</translation>
    </message>
    <message>
        <source>Mend the function, or leave out that input.</source>
        <translation>请修正函数，或去掉这个输入。</translation>
    </message>
    <message>
        <source>Install it ({0}), or choose another interpreter.</source>
        <translation>请安装它（{0}），或选择另一个解释器。</translation>
    </message>
    <message>
        <source>Give it a copy of that file.</source>
        <translation>请给它该文件的副本。</translation>
    </message>
    <message>
        <source>A call takes longer than {0} s: it was cut off.</source>
        <translation>一次调用超过 {0} 秒：已被中断。</translation>
    </message>
    <message>
        <source>Try it with smaller inputs first.</source>
        <translation>请先用较小的输入试试。</translation>
    </message>
    <message>
        <source>{0} a call ({1} to {2}), in {3}.</source>
        <translation>每次调用 {0}（{1} 到 {2}），共 {3}。</translation>
    </message>
    <message>
        <source>{0} a call, in {1}.</source>
        <translation>每次调用 {0}，共 {1}。</translation>
    </message>
    <message>
        <source>Handing over a task costs more than that: give each task many inputs, or send them in chunks.</source>
        <translation>交付一个任务的开销比这还大：请让每个任务处理多个输入，或成批发送。</translation>
    </message>
    <message>
        <source>This Python runs without a GIL: threads overlap.</source>
        <translation>这个 Python 没有启用 GIL：线程可以重叠运行。</translation>
    </message>
    <message>
        <source>This Python runs without a GIL, but {0} turned it back on.</source>
        <translation>这个 Python 没有启用 GIL，但{0}又把它打开了。</translation>
    </message>
    <message>
        <source>importing {0}</source>
        <translation>导入 {0} </translation>
    </message>
    <message>
        <source>something that {0} imports</source>
        <translation>{0} 所导入的某个模块</translation>
    </message>
    <message>
        <source>Take a version of it that supports free threading, or processes.</source>
        <translation>请使用支持自由线程的版本，或使用进程。</translation>
    </message>
    <message>
        <source>How long it lets go of the GIL is not known.</source>
        <translation>不知道它释放 GIL 的时间有多长。</translation>
    </message>
    <message>
        <source>How long it lets go of the GIL could not be measured: the machine is busy.</source>
        <translation>它放开 GIL 多久没能测出来：机器正忙。</translation>
    </message>
    <message>
        <source>Check again when less else runs here.</source>
        <translation>等这台机器上别的程序少一些时，再检查一次。</translation>
    </message>
    <message>
        <source>It keeps the GIL all the time: threads take turns.</source>
        <translation>它一直持有 GIL：线程只能轮流运行。</translation>
    </message>
    <message>
        <source>It lets go of the GIL for {0} of a call: threads overlap.</source>
        <translation>在一次调用的 {0} 时间里它释放 GIL：线程可以重叠运行。</translation>
    </message>
    <message>
        <source>It lets go of the GIL for {0} of a call: threads overlap that far.</source>
        <translation>在一次调用的 {0} 时间里它释放 GIL：线程只在这段时间重叠运行。</translation>
    </message>
    <message>
        <source>It lets go of the GIL for {0} of a call: threads take turns.</source>
        <translation>在一次调用的 {0} 时间里它释放 GIL：线程只能轮流运行。</translation>
    </message>
    <message>
        <source>Processes overlap wholly.</source>
        <translation>进程可以完全重叠运行。</translation>
    </message>
    <message>
        <source>Use processes or sub-interpreters.</source>
        <translation>请使用进程或子解释器。</translation>
    </message>
    <message>
        <source>Let each call do more: chunks would not help, for what is sent with each call stays.</source>
        <translation>让每次调用多做一些：分块无济于事，因为每次调用要传送的数据并不会减少。</translation>
    </message>
    <message>
        <source>Processes would overlap, but sending takes too much of a call: send less first.</source>
        <translation>进程可以并行，但传送占去一次调用的太多时间：请先减少传送的数据。</translation>
    </message>
    <message>
        <source>Processes would overlap, once all that they are sent can be pickled.</source>
        <translation>只要传送给进程的一切都能被 pickle，进程就可以并行。</translation>
    </message>
    <message>
        <source>Return less (a sum, a path), or use shared memory.</source>
        <translation>返回更少的数据（总和、路径），或使用共享内存。</translation>
    </message>
    <message>
        <source>Give less (a path, a range), or use shared memory.</source>
        <translation>传入更少的数据（路径、范围），或使用共享内存。</translation>
    </message>
    <message>
        <source>Return plain values.</source>
        <translation>返回普通的值。</translation>
    </message>
    <message>
        <source>Give what it can be made of: a name, a path, numbers.</source>
        <translation>传入可用来创建它的内容：名称、路径、数字。</translation>
    </message>
    <message>
        <source>What it returns cannot be pickled because of {0}: processes cannot send it back.</source>
        <translation>由于{0}，返回值无法被 pickle：进程不能把它送回。</translation>
    </message>
    <message>
        <source>Return plain values, or use threads.</source>
        <translation>请返回普通的值，或使用线程。</translation>
    </message>
    <message>
        <source>What it returns can be pickled: {0}, and to send it and the inputs takes {1} for a call of {2}.</source>
        <translation>返回值可以被 pickle：{0}；调用需要 {2}，而传送它和输入需要 {1}。</translation>
    </message>
    <message>
        <source>Return less (a sum, a path), use threads, or shared memory.</source>
        <translation>请返回更少的内容（一个和、一个路径），或使用线程或共享内存。</translation>
    </message>
    <message>
        <source>What it returns can be pickled: {0}.</source>
        <translation>返回值可以被 pickle：{0}。</translation>
    </message>
    <message>
        <source>A call changes {0}, and it uses the {1} of its module: threads share that, and processes would stop sharing it.</source>
        <translation>调用会改变 {0}，并使用其模块的 {1}：线程共享它们，进程则不再共享。</translation>
    </message>
    <message>
        <source>A call changes {0}: threads share that, and processes would stop sharing it.</source>
        <translation>调用会改变 {0}：线程共享它，进程则不再共享。</translation>
    </message>
    <message>
        <source>It uses the {0} of its module: threads share that, and processes would stop sharing it.</source>
        <translation>它使用其模块的 {0}：线程共享它，进程则不再共享。</translation>
    </message>
    <message>
        <source>Return the values and put them together in the main program, or use threads with a lock.</source>
        <translation>请返回这些值并在主程序中合并，或使用带锁的线程。</translation>
    </message>
    <message>
        <source>The first call sets up {0}, later ones change nothing: each process sets it up for itself.</source>
        <translation>第一次调用会建立 {0}，以后的调用不再改变：每个进程各自建立一份。</translation>
    </message>
    <message>
        <source>{0} keeps results: each process would keep its own.</source>
        <translation>{0} 会保存结果：每个进程各存一份。</translation>
    </message>
    <message>
        <source>A call changes no global of its module.</source>
        <translation>调用不改变其模块的任何全局变量。</translation>
    </message>
    <message>
        <source>This system does not tell which threads there are.</source>
        <translation>这个系统不提供线程信息。</translation>
    </message>
    <message>
        <source>A call runs in one thread.</source>
        <translation>一次调用在一个线程中运行。</translation>
    </message>
    <message>
        <source>A call runs in one thread. {0} is loaded, with one thread.</source>
        <translation>一次调用在一个线程中运行。{0} 已加载，使用一个线程。</translation>
    </message>
    <message>
        <source>A call has {0} threads ({1}), and uses one core of them: times {2} that is {3} for {4}.</source>
        <translation>一次调用有 {0} 个线程（{1}），只用到一个核心：乘以 {2} 共 {3} 个，而这里有 {4}。</translation>
    </message>
    <message>
        <source>A call has {0} threads ({1}): times {2} that is {3} for {4}.</source>
        <translation>一次调用有 {0} 个线程（{1}）：乘以 {2} 共 {3} 个，而这里有 {4}。</translation>
    </message>
    <message>
        <source>Set OPENBLAS_NUM_THREADS=1 (OMP_NUM_THREADS, MKL_NUM_THREADS) before the start, or use one worker.</source>
        <translation>请在启动前设置 OPENBLAS_NUM_THREADS=1（OMP_NUM_THREADS、MKL_NUM_THREADS），或只用一个工作者。</translation>
    </message>
    <message>
        <source>Let each call use one thread, or use one worker.</source>
        <translation>请让每次调用只用一个线程，或只用一个工作者。</translation>
    </message>
    <message>
        <source>{0} is {1}: it cannot be pickled itself, so workers import it from its file by its name.</source>
        <translation>{0} 是{1}：它本身无法被 pickle，因此工作者按名称从其文件中导入它。</translation>
    </message>
    <message>
        <source>Give its decorator functools.wraps, so that it keeps its name.</source>
        <translation>请给它的装饰器加上 functools.wraps，使它保留名称。</translation>
    </message>
    <message>
        <source>Write it with `def {0}` at the top of the file.</source>
        <translation>请在文件顶层用 `def {0}` 来定义它。</translation>
    </message>
    <message>
        <source>In a spawned process it does not work: {0}.</source>
        <translation>在 spawn 出的进程中它不能工作：{0}。</translation>
    </message>
    <message>
        <source>Mend it, or use threads, or the start method fork.</source>
        <translation>请修正它，或使用线程，或使用启动方式 fork。</translation>
    </message>
    <message>
        <source>It is imported in {0}, also in a spawned process.</source>
        <translation>导入需要 {0}，在 spawn 出的进程中也可以导入。</translation>
    </message>
    <message>
        <source>A worker process needs {0}, {1} of it for the function: {2} for {3}, of {4} that are free.</source>
        <translation>一个工作进程需要 {0}，其中 {1} 用于该函数：{3}共需 {2}，空闲内存为 {4}。</translation>
    </message>
    <message>
        <source>A worker process needs {0}: {1} for {2}, of {3} that are free.</source>
        <translation>一个工作进程需要 {0}：{2}共需 {1}，空闲内存为 {3}。</translation>
    </message>
    <message>
        <source>Use fewer workers, or threads, which share what is imported.</source>
        <translation>请减少工作者，或使用线程：它们共享已导入的内容。</translation>
    </message>
    <message>
        <source>Not known: Python {0} has no pool of sub-interpreters.</source>
        <translation>未知：Python {0} 没有子解释器池。</translation>
    </message>
    <message>
        <source>It does not work in a sub-interpreter: {0}.</source>
        <translation>它在子解释器中不能工作：{0}。</translation>
    </message>
    <message>
        <source>Use threads or processes.</source>
        <translation>请使用线程或进程。</translation>
    </message>
    <message>
        <source>It is imported in a sub-interpreter as well.</source>
        <translation>在子解释器中也可以导入。</translation>
    </message>
    <message>
        <source>Importing {0} in a spawned process</source>
        <translation>正在 spawn 出的进程中导入 {0}</translation>
    </message>
    <message>
        <source>Importing {0} in a sub-interpreter</source>
        <translation>正在子解释器中导入 {0}</translation>
    </message>
    <message>
        <source>Importing {0}</source>
        <translation>正在导入 {0}</translation>
    </message>
    <message>
        <source>Pickling the inputs of {0}</source>
        <translation>正在 pickle {0} 的输入</translation>
    </message>
    <message>
        <source>Pickling what {0} returned</source>
        <translation>正在 pickle {0} 的返回值</translation>
    </message>
    <message>
        <source>Calling {0}</source>
        <translation>正在调用 {0}</translation>
    </message>
    <message>
        <source>Looking at the globals of {0}</source>
        <translation>正在查看 {0} 的全局变量</translation>
    </message>
    <message>
        <source>Counting the threads of native libraries</source>
        <translation>正在统计原生库的线程</translation>
    </message>
    <message>
        <source>{0}: it did not end within {1} s</source>
        <translation>{0}：{1} 秒内没有结束</translation>
    </message>
    <message>
        <source>{0}: it ended the process, which {1}</source>
        <translation>{0}：它结束了进程（{1}）</translation>
    </message>
    <message>
        <source>{0} calls</source>
        <translation>{0} 次调用</translation>
    </message>
    <message>
        <source>{0} call</source>
        <translation>{0} 次调用</translation>
    </message>
    <message>
        <source>{0} cores</source>
        <translation>{0} 个核心</translation>
    </message>
    <message>
        <source>{0} core</source>
        <translation>{0} 个核心</translation>
    </message>
    <message>
        <source>{0} bytes</source>
        <translation>{0} 字节</translation>
    </message>
    <message>
        <source>{0} byte</source>
        <translation>{0} 字节</translation>
    </message>
    <message>
        <source>{0}, line {1}: {2}; mend the line and try again.</source>
        <translation>{0} 第 {1} 行：{2}；请修正这一行后重试。</translation>
    </message>
    <message>
        <source>{0}, line {1}: its import did not end within {2} s; put what takes long into the function, or under `if __name__ == &quot;__main__&quot;:`.</source>
        <translation>{0} 第 {1} 行：导入在 {2} 秒内没有结束；请把耗时的内容放进函数，或放到 `if __name__ == &quot;__main__&quot;:` 之下。</translation>
    </message>
    <message>
        <source>{0}, line {1}: it ended the program with {2} while it was imported; put that under `if __name__ == &quot;__main__&quot;:`.</source>
        <translation>{0} 第 {1} 行：导入时它用 {2} 结束了程序；请把它放到 `if __name__ == &quot;__main__&quot;:` 之下。</translation>
    </message>
    <message>
        <source>{0}, line {1}: it needs {2}, which this interpreter does not have; install it ({3}) or choose another interpreter.</source>
        <translation>{0} 第 {1} 行：它需要 {2}，而这个解释器没有；请安装（{3}）或选择另一个解释器。</translation>
    </message>
    <message>
        <source>{0}, line {1}: {2} while it was imported; mend the line, or put it into the function.</source>
        <translation>{0} 第 {1} 行：导入时发生 {2}；请修正这一行，或把它放进函数。</translation>
    </message>
    <message>
        <source>{0}, line {1}: it would {2} {3}, which the inputs come from, and was prevented from it; give it a copy of that file.</source>
        <translation>{0} 第 {1} 行：它会破坏输入所在的文件 {3}（{2}），已被阻止；请给它该文件的副本。</translation>
    </message>
    <message>
        <source>{0}, line {1}: this is not UTF-8; save the file as UTF-8, or say its encoding in its first line.</source>
        <translation>{0} 第 {1} 行：这不是 UTF-8；请把文件存为 UTF-8，或在第一行注明编码。</translation>
    </message>
    <message>
        <source>There is no file {0}; check its name and folder.</source>
        <translation>没有文件 {0}；请检查它的名称和文件夹。</translation>
    </message>
    <message>
        <source>{0} is a directory; give a Python file in it.</source>
        <translation>{0} 是一个目录；请给出其中的 Python 文件。</translation>
    </message>
    <message>
        <source>Say which function of {0} to call.</source>
        <translation>请指明要调用 {0} 的哪个函数。</translation>
    </message>
    <message>
        <source>Say with which inputs {0} is to be called.</source>
        <translation>请指明用哪些输入来调用 {0}。</translation>
    </message>
    <message>
        <source>The inputs {0} are none of these: {1}.</source>
        <translation>输入 {0} 不是下列任何一种：{1}。</translation>
    </message>
    <message>
        <source>The inputs {0} are empty; give at least one.</source>
        <translation>输入 {0} 是空的；请至少给出一个。</translation>
    </message>
    <message>
        <source>The inputs must be several, in a list: {0}.</source>
        <translation>输入必须是多个，写成列表：{0}。</translation>
    </message>
    <message>
        <source>Say which column of {0}: {1}.</source>
        <translation>请指明 {0} 的哪一列：{1}。</translation>
    </message>
    <message>
        <source>There is no {0}; names are relative to the function&apos;s file.</source>
        <translation>没有 {0}；文件名相对于函数所在的文件。</translation>
    </message>
    <message>
        <source>There is no function {0} in the file to take inputs from.</source>
        <translation>文件中没有可以提供输入的函数 {0}。</translation>
    </message>
    <message>
        <source>{0} has no column {1}: choose one of {2}.</source>
        <translation>{0} 没有列 {1}：请从 {2} 中选择。</translation>
    </message>
    <message>
        <source>it needs Python {0} or later</source>
        <translation>需要 Python {0} 或更高版本</translation>
    </message>
    <message>
        <source>this Python has no semaphores (sem_open), which worker processes need</source>
        <translation>这个 Python 没有信号量（sem_open），而工作进程需要它</translation>
    </message>
    <message>
        <source>no semaphore can be made here ({0}), and worker processes need some</source>
        <translation>这里无法创建信号量（{0}），而工作进程需要它</translation>
    </message>
    <message>
        <source>{0} is not installed for this interpreter (python -m pip install {1})</source>
        <translation>这个解释器没有安装 {0} (python -m pip install {1})</translation>
    </message>
    <message>
        <source>{0} cannot run under Python {1}: {2}.</source>
        <translation>{0} 不能在 Python {1} 下运行：{2}。</translation>
    </message>
    <message>
        <source>{0} needs workers that share locks or counters, and those of {1} share nothing; choose another model.</source>
        <translation>“{0}”要求工作者共享锁或计数器，而“{1}”的工作者什么都不共享；请换一个模型。</translation>
    </message>
    <message>
        <source>{0} hands tasks to the pool that it runs in, and those of {1} cannot; choose Thread pool or asyncio tasks.</source>
        <translation>{0} 会把任务交给自己所在的池，而 {1} 的任务做不到；请选择线程池或 asyncio 任务。</translation>
    </message>
    <message>
        <source>{0} cannot run in a sub-interpreter; choose another model than {1}.</source>
        <translation>“{0}”不能在子解释器里运行；请换一个模型，不要用“{1}”。</translation>
    </message>
    <message>
        <source>{0} workers are too many: at most {1} here, set by {2}; ask for fewer.</source>
        <translation>{0} 个工作者太多：这里最多 {1} 个，取决于{2}；请减少。</translation>
    </message>
    <message>
        <source>half the free memory ({0} MiB) at {1} MiB a worker</source>
        <translation>空闲内存（{0} MiB）的一半，每个工作者 {1} MiB</translation>
    </message>
    <message>
        <source>the most that can be told apart on a chart</source>
        <translation>图上最多能分辨的数量</translation>
    </message>
    <message>
        <source>half the pids limit of this control group ({0})</source>
        <translation>本控制组 pids 上限（{0}）的一半</translation>
    </message>
    <message>
        <source>half of RLIMIT_NPROC ({0})</source>
        <translation>RLIMIT_NPROC（{0}）的一半</translation>
    </message>
    <message>
        <source>RLIMIT_NOFILE ({0}) at {1} descriptors a worker</source>
        <translation>RLIMIT_NOFILE({0})，每个工作者 {1} 个描述符</translation>
    </message>
    <message>
        <source>128 processes for each of the {0} usable cores</source>
        <translation>{0} 个可用核，每核 128 个进程</translation>
    </message>
    <message>
        <source>At most {0} files may be open here, and a run needs {1}: raise that (`ulimit -n {1}`) and start again.</source>
        <translation>这里最多只能打开 {0} 个文件，而一次运行需要 {1} 个：请提高上限（`ulimit -n {1}`）后重新启动。</translation>
    </message>
    <message>
        <source>{0} cannot change its workers while it runs.</source>
        <translation>“{0}”不能在运行中改变工作者数量。</translation>
    </message>
    <message>
        <source>Deadlock: {0}</source>
        <translation>死锁：{0}</translation>
    </message>
    <message>
        <source>{0} holds {1} and waits for {2}, that is, for itself. It can never go on.</source>
        <translation>{0} 拿着 {1}，又在等 {2}，也就是等它自己。它永远无法继续。</translation>
    </message>
    <message>
        <source>{0}. None of them can go on.</source>
        <translation>{0}。谁都无法继续。</translation>
    </message>
    <message>
        <source>{0} holds {1} and waits for {2}</source>
        <translation>{0} 拿着 {1}，在等 {2}</translation>
    </message>
    <message>
        <source>{0} waits to put into the full queue {1}, and {2} could take from it</source>
        <translation>{0} 等着往已满的队列 {1} 里放，而{2} 能从中取走</translation>
    </message>
    <message>
        <source>{0} waits for an item in the empty queue {1}, and {2} could put one there</source>
        <translation>{0} 等着空队列 {1} 里出现一项，而{2} 能放入一项</translation>
    </message>
    <message>
        <source>{0} waits for {1}, and {2} could release one</source>
        <translation>{0} 在等 {1}，而{2} 能释放一个</translation>
    </message>
    <message>
        <source>{0} waits for {1}, which has not begun for want of a free worker</source>
        <translation>{0} 在等 {1}，它因为没有空闲的工作者而尚未开始</translation>
    </message>
    <message>
        <source>{0} waits for {1}, held by {2}</source>
        <translation>{0} 在等 {1}，它在 {2} 手里</translation>
    </message>
    <message>
        <source>{0} wait to put into the full queue {1}, and {2} could take from it</source>
        <translation>{0} 等着往已满的队列 {1} 里放，而{2} 能从中取走</translation>
    </message>
    <message>
        <source>{0} wait for an item in the empty queue {1}, and {2} could put one there</source>
        <translation>{0} 等着空队列 {1} 里出现一项，而{2} 能放入一项</translation>
    </message>
    <message>
        <source>{0} wait for {1}, and {2} could release one</source>
        <translation>{0} 在等 {1}，而{2} 能释放一个</translation>
    </message>
    <message>
        <source>{0} wait for {1}, which has not begun for want of a free worker</source>
        <translation>{0} 在等 {1}，它因为没有空闲的工作者而尚未开始</translation>
    </message>
    <message>
        <source>{0} wait for {1}, held by {2}</source>
        <translation>{0} 在等 {1}，它在 {2} 手里</translation>
    </message>
    <message>
        <source>{0} waits for {1}, at which {2} works</source>
        <translation>{0} 在等 {1}，{2} 正在做它</translation>
    </message>
    <message>
        <source>and so on, for {0} things that are waited for</source>
        <translation>依此类推，共有 {0} 样东西在被等待</translation>
    </message>
    <message>
        <source>only {0}, or else {1}</source>
        <translation>只有 {0}，或者 {1}</translation>
    </message>
    <message>
        <source>only {0}</source>
        <translation>只有 {0}</translation>
    </message>
    <message>
        <source>{0}, for which no worker is free,</source>
        <translation>没有空闲工作者来执行的 {0} </translation>
    </message>
    <message>
        <source>nobody who is left</source>
        <translation>剩下的没有谁</translation>
    </message>
    <message>
        <source>those that wait for it</source>
        <translation>等着它的那些</translation>
    </message>
    <message>
        <source>a task that is handed over once one of these has ended</source>
        <translation>等其中一个结束后才会交出的任务</translation>
    </message>
    <message>
        <source>the result of {0}</source>
        <translation>{0} 的结果</translation>
    </message>
    <message>
        <source>the places</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>A script does a number of tasks and ends: say how many.</source>
        <translation>脚本完成一定数量的任务后就结束：请说明任务数。</translation>
    </message>
    <message>
        <source>No progress for {0} s: {1}.</source>
        <translation>{0} 秒没有进展：{1}。</translation>
    </message>
    <message>
        <source>no worker has the task that is under way</source>
        <translation>没有任何工作者持有正在进行的那个任务</translation>
    </message>
    <message>
        <source>no worker has any of the {0} tasks that are under way</source>
        <translation>正在进行的 {0} 个任务不在任何工作者手中</translation>
    </message>
    <message>
        <source>the wait of {0} for {1} was broken off: its task fails, and gives back what it held</source>
        <translation>{0} 对 {1} 的等待被打断：它的任务失败，并放开它拿着的东西</translation>
    </message>
    <message>
        <source>{0}, in the deadlock, stands here, the innermost call last:</source>
        <translation>{0}（在死锁中）停在这里，最内层的调用在后：</translation>
    </message>
    <message>
        <source>{0} stands here, the innermost call last:</source>
        <translation>{0} 停在这里，最内层的调用在后：</translation>
    </message>
    <message>
        <source>{0}, {1}, stands at something that is not recorded</source>
        <translation>{0} 的{1}停在没有记录的地方</translation>
    </message>
    <message>
        <source>{0}, {1}, waits for {2}</source>
        <translation>{0} 的{1}在等 {2}</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>以及另外 {0} 个</translation>
    </message>
    <message>
        <source>{0} as well as {1}</source>
        <translation>{0} 以及 {1}</translation>
    </message>
    <message>
        <source>{0} tasks in line</source>
        <translation>{0} 个排队的任务</translation>
    </message>
    <message>
        <source>thread {0} ({1})</source>
        <translation>线程 {0} ({1})</translation>
    </message>
    <message>
        <source>and so on, through {0} of them, back to the first</source>
        <translation>依此类推，共 {0} 个，最后回到第一个</translation>
    </message>
    <message>
        <source>{0} cannot be used: at byte {1}, {2}. It was set aside as {3}.</source>
        <translation>{0} 无法使用：在第 {1} 字节处，{2}。已移到 {3}。</translation>
    </message>
    <message>
        <source>{0} cannot be used: at byte {1}, {2}.</source>
        <translation>{0} 无法使用：在第 {1} 字节处，{2}。</translation>
    </message>
    <message>
        <source>it does not begin as a kept run does</source>
        <translation>开头不是保留的运行</translation>
    </message>
    <message>
        <source>its first lines are damaged</source>
        <translation>开头几行已损坏</translation>
    </message>
    <message>
        <source>the head of {0} is damaged</source>
        <translation>{0} 的头部已损坏</translation>
    </message>
    <message>
        <source>{0} is damaged</source>
        <translation>{0} 已损坏</translation>
    </message>
    <message>
        <source>it has {0} bytes, not {1}</source>
        <translation>有 {0} 字节，而不是 {1}</translation>
    </message>
    <message>
        <source>it is larger than {0} bytes</source>
        <translation>大于 {0} 字节</translation>
    </message>
    <message>
        <source>it is a link to another file</source>
        <translation>是指向别的文件的链接</translation>
    </message>
    <message>
        <source>it is no regular file</source>
        <translation>不是普通文件</translation>
    </message>
    <message>
        <source>The run could not be kept in {0}: {1}.</source>
        <translation>运行无法保留在 {0}：{1}。</translation>
    </message>
    <message>
        <source>The run could not be kept: {0}.</source>
        <translation>运行无法保留：{0}。</translation>
    </message>
    <message>
        <source>The run {0} is no longer kept.</source>
        <translation>运行 {0} 已不再保留。</translation>
    </message>
    <message>
        <source>The run {0} was deleted too long ago to be brought back.</source>
        <translation>运行 {0} 删除已久，无法找回。</translation>
    </message>
    <message>
        <source>The kept runs are in use by another window; try again.</source>
        <translation>保留的运行正被另一个窗口使用；请再试一次。</translation>
    </message>
    <message>
        <source>{0} worker</source>
        <translation>{0} 个工作者</translation>
    </message>
    <message>
        <source>{0} workers</source>
        <translation>{0} 个工作者</translation>
    </message>
    <message>
        <source>joined the pool: all its processes have ended</source>
        <translation>join 进程池返回：它的进程全部结束了</translation>
    </message>
    <message>
        <source>joined the thread of {0}</source>
        <translation>join 了{0}的线程</translation>
    </message>
    <message>
        <source>joined {0}</source>
        <translation>join 了 {0}</translation>
    </message>
    <message>
        <source>a task was interrupted by Stop</source>
        <translation>一个任务被停止中断</translation>
    </message>
    <message>
        <source>{0} task was cut off</source>
        <translation>{0} 个任务被中断</translation>
    </message>
    <message>
        <source>{0} tasks were cut off</source>
        <translation>{0} 个任务被中断</translation>
    </message>
    <message>
        <source>PID {0} ended with exit code {1} under its task</source>
        <translation>PID {0} 在执行任务时结束，退出码 {1}</translation>
    </message>
    <message>
        <source>PID {0} was killed by {1} under its task</source>
        <translation>PID {0} 在执行任务时被 {1} 杀死</translation>
    </message>
    <message>
        <source>PID {0} ended with exit code {1}</source>
        <translation>PID {0} 结束，退出码 {1}</translation>
    </message>
    <message>
        <source>PID {0} was killed by {1}</source>
        <translation>PID {0} 被 {1} 杀死</translation>
    </message>
    <message>
        <source>PID {0} has ended; how, is not known</source>
        <translation>PID {0} 已结束；方式不明</translation>
    </message>
    <message>
        <source>EOFError: PID {0} has closed its end of the pipe</source>
        <translation>EOFError：PID {0} 关闭了管道的另一端</translation>
    </message>
    <message>
        <source>the main thread is done; it does not join its daemon threads</source>
        <translation>主线程结束；它不 join 守护线程</translation>
    </message>
    <message>
        <source>the main process is done; it does not join its pool, which ends with it</source>
        <translation>主进程结束；它没有 join 进程池，进程池随之结束</translation>
    </message>
    <message>
        <source>the main process is done; it does not wait for its daemon processes, but ends them</source>
        <translation>主进程结束；它不等守护进程，而是结束它们</translation>
    </message>
    <message>
        <source>{0} was cut off: its thread is a daemon, and the main thread has reached its end</source>
        <translation>{0} 被中断：它的线程是守护线程，而主线程已到终点</translation>
    </message>
    <message>
        <source>{0} was cut off: it is a daemon, and the main process has reached its end</source>
        <translation>{0} 被中断：它是守护进程，而主进程已到终点</translation>
    </message>
    <message>
        <source>dict: {0} keys, list: {1} values taken out, {2} left</source>
        <translation>dict：{0} 个键；list：取出 {1} 个值，剩下 {2} 个</translation>
    </message>
    <message>
        <source>task {0}: callback in PID {1}, thread {2}</source>
        <translation>任务 {0}：回调在 PID {1}，线程 {2}</translation>
    </message>
    <message>
        <source>task {0}: its result is larger than a slot and came by pipe</source>
        <translation>任务 {0}：结果放不进槽位，经管道送来</translation>
    </message>
    <message>
        <source>sent the result of task {0} to the manager&apos;s {1}: {2}</source>
        <translation>把任务 {0} 的结果送到 Manager 的 {1}：{2}</translation>
    </message>
    <message>
        <source>sent the result of task {0}: {1}</source>
        <translation>送出任务 {0} 的结果：{1}</translation>
    </message>
    <message>
        <source>sent task {0}: {1}</source>
        <translation>送出任务 {0}：{1}</translation>
    </message>
    <message>
        <source>received the result of task {0}: {1}</source>
        <translation>收到任务 {0} 的结果：{1}</translation>
    </message>
    <message>
        <source>the main thread sets the Event: everybody may go</source>
        <translation>主线程设置了 Event：大家都可以走了</translation>
    </message>
    <message>
        <source>the Barrier of {0} was broken: only {1} task was left to wait</source>
        <translation>凑 {0} 个的 Barrier 被打破：只剩 {1} 个任务在等</translation>
    </message>
    <message>
        <source>the Barrier of {0} was broken: only {1} tasks were left to wait</source>
        <translation>凑 {0} 个的 Barrier 被打破：只剩 {1} 个任务在等</translation>
    </message>
    <message>
        <source>asked to stop: no new tasks, those under way have {0} s before {1}</source>
        <translation>要求停止：不再分发新任务，进行中的任务还有 {0} 秒，之后发送 {1}</translation>
    </message>
    <message>
        <source>{0} to {1}; {2} follows in {3} s</source>
        <translation>向 {1} 发送 {0}；{3} 秒后发送 {2}</translation>
    </message>
    <message>
        <source>SIGKILL to {0}</source>
        <translation>向 {0} 发送 SIGKILL</translation>
    </message>
    <message>
        <source>PIDs {0} and {1} more</source>
        <translation>PID {0} 和另外 {1} 个</translation>
    </message>
    <message>
        <source>PIDs {0}</source>
        <translation>PID {0}</translation>
    </message>
    <message>
        <source>the sentinel of PID {0} tells that it has ended; tasks pending: {1}; nobody else has said a word</source>
        <translation>PID {0} 的哨兵报告它已结束；悬着的任务：{1}；此外谁也没有说一个字</translation>
    </message>
    <message>
        <source>{0} was sent SIGKILL on request</source>
        <translation>应要求向 {0} 发送了 SIGKILL</translation>
    </message>
    <message>
        <source>{0} was sent SIGSTOP on request: it stands still until it is thawed</source>
        <translation>应要求向 {0} 发送了 SIGSTOP：它停住，直到解冻</translation>
    </message>
    <message>
        <source>{0} was sent SIGCONT on request: it goes on</source>
        <translation>应要求向 {0} 发送了 SIGCONT：它继续</translation>
    </message>
    <message>
        <source>{0} was asked to raise an exception in its task</source>
        <translation>已要求 {0} 在任务中抛出异常</translation>
    </message>
    <message>
        <source>{0} was asked to read address 0 in its task</source>
        <translation>已要求 {0} 在任务中读取地址 0</translation>
    </message>
    <message>
        <source>{0} was asked to call os._exit(0) in its task</source>
        <translation>已要求 {0} 在任务中调用 os._exit(0)</translation>
    </message>
    <message>
        <source>{0} was asked to fill {1} MB of memory in its task</source>
        <translation>已要求 {0} 在任务中填满 {1} MB 内存</translation>
    </message>
    <message>
        <source>PID {0} holds {1} MB more</source>
        <translation>PID {0} 多占了 {1} MB</translation>
    </message>
    <message>
        <source>PID {0} was stopped (SIGSTOP): it does nothing until it is continued, or the run is stopped</source>
        <translation>PID {0} 被暂停（SIGSTOP）：在它被恢复或运行被停止之前，它什么也不做</translation>
    </message>
    <message>
        <source>PID {0} was stopped (SIGSTOP): it does nothing until it is continued; once time is up or all tasks are handed out, the run is ended if no task ends for {1} s</source>
        <translation>PID {0} 被暂停（SIGSTOP）：在它被恢复之前，它什么也不做；时间到或任务全部分发之后，如果 {1} 秒内没有任务结束，运行就会被终止</translation>
    </message>
    <message>
        <source>PID {0} was stopped (SIGSTOP): it does nothing until it is continued; if no task ends for {1} s, or for {2} s once all are handed out, the run is ended</source>
        <translation>PID {0} 被暂停（SIGSTOP）：在它被恢复之前，它什么也不做；如果 {1} 秒内（任务全部分发之后为 {2} 秒）没有任务结束，运行就会被终止</translation>
    </message>
    <message>
        <source>PID {0} has not answered for {1} s: C code in it may hold the GIL; no thread can be ended, but Stop ends the whole process</source>
        <translation>PID {0} 已有 {1} 秒没有回应：其中的 C 代码可能占着 GIL；单个线程无法被终止，但“停止”会终止整个进程</translation>
    </message>
    <message>
        <source>PID {0} goes on, after {1} s</source>
        <translation>PID {0} 在 {1} 秒后继续运行</translation>
    </message>
    <message>
        <source>what PID {0}, thread {1}, records is no longer shown: its ring {2} {3}</source>
        <translation>不再显示 PID {0} 的线程 {1} 所记录的内容：它的环形缓冲区 {2} {3}</translation>
    </message>
    <message>
        <source>ring {0} is not read: it {1}</source>
        <translation>不读取环形缓冲区 {0}：它{1}</translation>
    </message>
    <message>
        <source>was cut short</source>
        <translation>被截短了</translation>
    </message>
    <message>
        <source>was overwritten</source>
        <translation>被覆写了</translation>
    </message>
    <message>
        <source>the counts of the run were overwritten: what cannot be is left out</source>
        <translation>本次运行的计数被覆写：不可能的数值已略去</translation>
    </message>
    <message>
        <source>What the run records cannot be read any more ({0}), so the host, PID {1}, was ended; what had arrived by then is kept: start the run again.</source>
        <translation>无法再读取本次运行的记录（{0}），因此已结束宿主进程 PID {1}；在此之前收到的都保留着：请重新运行。</translation>
    </message>
    <message>
        <source>the file of its counts was cut short</source>
        <translation>存放计数的文件被截短了</translation>
    </message>
    <message>
        <source>No run is under way whose workers could be broken.</source>
        <translation>没有正在进行的运行，无从弄坏工作者。</translation>
    </message>
    <message>
        <source>PID {0} is no process of this run any more; nothing was sent to it.</source>
        <translation>PID {0} 已不是这次运行的进程；没有向它发送任何东西。</translation>
    </message>
    <message>
        <source>PID {0} could not be sent {1}: {2}.</source>
        <translation>无法向 PID {0} 发送 {1}：{2}。</translation>
    </message>
    <message>
        <source>Thread {0} of PID {1} runs no tasks: it can be killed or frozen, and does nothing to itself.</source>
        <translation>PID {1} 的线程 {0} 不运行任务：可以杀死或冻结，但它不会对自己做什么。</translation>
    </message>
    <message>
        <source>PID {0} runs no tasks: it can be killed or frozen, and does nothing to itself.</source>
        <translation>PID {0} 不运行任务：可以杀死或冻结，但它不会对自己做什么。</translation>
    </message>
    <message>
        <source>Only {0} MB of memory are free: filling half of that would show nothing.</source>
        <translation>只有 {0} MB 内存空闲：填满其中一半也看不出什么。</translation>
    </message>
    <message>
        <source>{0} cannot be asked ({1}): close something first.</source>
        <translation>无法询问 {0}（{1}）：请先关闭一些程序。</translation>
    </message>
    <message>
        <source>Worker PID {0} could not be set up: {1}; mend that and start the run again.</source>
        <translation>工作者 PID {0} 无法准备就绪：{1}；请修正后重新运行。</translation>
    </message>
    <message>
        <source>No worker could be started in the place of one that had ended ({0}, in the host, PID {1}): ask for fewer workers, or raise the limit, and start the run again.</source>
        <translation>无法启动工作者来接替已结束的那个（{0}，在主进程 PID {1} 中）：请减少工作者，或提高限制，然后重新运行。</translation>
    </message>
    <message>
        <source>A thread of the pool, in the host, PID {0}, ended with {1}: what it carried is lost and its pool cannot go on; mend the task and start the run again.</source>
        <translation>池的一个线程（在主进程 PID {0} 中）因 {1} 而结束：它所传递的内容丢失了，它的池无法继续；请修正任务后重新运行。</translation>
    </message>
    <message>
        <source>A result cannot be unpickled in the host, PID {0} ({1}): what was under way is lost and its pool cannot go on; mend the task and start the run again.</source>
        <translation>有一个结果无法在主进程 PID {0} 中反序列化（{1}）：正在进行的内容丢失了，它的池无法继续；请修正任务后重新运行。</translation>
    </message>
    <message>
        <source>{0} Its last output: {1}</source>
        <translation>{0}它最后的输出：{1}</translation>
    </message>
    <message>
        <source>The host process, PID {0}, {1}: what had arrived by then is kept; start the run again.</source>
        <translation>宿主进程 PID {0} {1}：此前到达的数据都保留；请重新运行。</translation>
    </message>
    <message>
        <source>The host process, PID {0}, {1}; it was ended. Start the run again, or choose another Python.</source>
        <translation>宿主进程 PID {0} {1}；已将其结束。请重新运行，或选择另一个 Python。</translation>
    </message>
    <message>
        <source>said nothing for {0} s after its start</source>
        <translation>启动后 {0} 秒内毫无消息</translation>
    </message>
    <message>
        <source>had no worker ready after {0} s</source>
        <translation>{0} 秒后仍没有就绪的工作者</translation>
    </message>
    <message>
        <source>too few descriptors: not every lane is shown</source>
        <translation>描述符不够：没有显示全部线程</translation>
    </message>
    <message>
        <source>{0} more is not shown</source>
        <translation>另有 {0} 个未显示</translation>
    </message>
    <message>
        <source>{0} more are not shown</source>
        <translation>另有 {0} 个未显示</translation>
    </message>
    <message>
        <source>paused: the run&apos;s memory is at {0} of {1} MiB; no new tasks until it falls</source>
        <translation>已暂停：本次运行的内存为 {0} MiB，上限 {1} MiB；回落之前不再开始新任务</translation>
    </message>
    <message>
        <source>goes on: the run&apos;s memory has fallen to {0} of {1} MiB</source>
        <translation>继续：本次运行的内存已回落到 {0} MiB，上限 {1} MiB</translation>
    </message>
    <message>
        <source>goes on: no task is left that could give memory back, {0} of {1} MiB</source>
        <translation>继续：已没有能归还内存的任务，现为 {0} MiB，上限 {1} MiB</translation>
    </message>
    <message>
        <source>this lane is not recorded: {0}</source>
        <translation>这个线程没有被记录：{0}</translation>
    </message>
    <message>
        <source>the host sent {0}; it was ended</source>
        <translation>宿主进程发来了 {0}；已将其结束</translation>
    </message>
    <message>
        <source>Ended at {0} of {1} MiB of memory; PID {2} ({3}) had the most, {4} MiB: let tasks take less, or raise the memory limit.</source>
        <translation>已结束：内存达到 {0} MiB，上限 {1} MiB；PID {2}（{3}）占用最多，{4} MiB：请让任务少用一些，或提高内存上限。</translation>
    </message>
    <message>
        <source>The host, PID {0}, sent what is no message of ours ({1}) and was ended; what had arrived by then is kept: start the run again.</source>
        <translation>宿主进程 PID {0} 发来的不是我们的消息（{1}），已被结束；在此之前收到的都保留着：请重新运行。</translation>
    </message>
    <message>
        <source>{0} is Python {1}; runs need 3.11 or later.</source>
        <translation>{0} 是 Python {1}；运行需要 3.11 或更高版本。</translation>
    </message>
    <message>
        <source>{0} is older than Python 3.11; runs need 3.11 or later.</source>
        <translation>{0} 早于 Python 3.11；运行需要 3.11 或更高版本。</translation>
    </message>
    <message>
        <source>{0} cannot be run ({1}); give the path of a Python 3.11 or later.</source>
        <translation>{0} 无法运行（{1}）；请给出 Python 3.11 或更高版本的路径。</translation>
    </message>
    <message>
        <source>{0} did not answer within {1} s; choose another interpreter.</source>
        <translation>{0} 在 {1} 秒内没有回答；请选择别的解释器。</translation>
    </message>
    <message>
        <source>{0} is no Python that works (exit code {1}); choose another one.</source>
        <translation>{0} 不是可用的 Python（退出码 {1}）；请选择别的。</translation>
    </message>
    <message>
        <source>{0} is no Python that can carry runs; it said: {1}.</source>
        <translation>{0} 不是能承载运行的 Python；它说：{1}。</translation>
    </message>
    <message>
        <source>There is no interpreter at {0}; `threadmill list pythons` shows those found.</source>
        <translation>{0} 处没有解释器；`threadmill list pythons` 列出找到的。</translation>
    </message>
    <message>
        <source>There is no free-threaded Python {0} on this machine: install python{1}, or name its path in THREADMILL_PYTHONS.</source>
        <translation>这台机器上没有自由线程的 Python {0}：请安装 python{1}，或在 THREADMILL_PYTHONS 中给出它的路径。</translation>
    </message>
    <message>
        <source>A Barrier of {0} needs {1} workers at once and there are {2}: set permits to that or less.</source>
        <translation>{0} 方的 Barrier 需要同时有 {1} 个工作者，而现在只有 {2} 个：请把 permits 设为不超过此数。</translation>
    </message>
    <message>
        <source>This pool was made with {0} worker: set pool_size before the run to go beyond.</source>
        <translation>这个池建成时有 {0} 个工作者：要超过它，请在运行前设置 pool_size。</translation>
    </message>
    <message>
        <source>This pool was made with {0} workers: set pool_size before the run to go beyond.</source>
        <translation>这个池建成时有 {0} 个工作者：要超过它，请在运行前设置 pool_size。</translation>
    </message>
    <message>
        <source>A worker process cannot submit to the pool that it belongs to; choose Thread pool or asyncio tasks.</source>
        <translation>工作进程不能向自己所在的池提交任务；请选择线程池或 asyncio 任务。</translation>
    </message>
    <message>
        <source>The tasks submit to the pool that they run in, and here is none; choose Thread pool.</source>
        <translation>任务要向自己所在的池提交，而这里没有池；请选择线程池。</translation>
    </message>
    <message>
        <source>That wait is over; there is nothing to break off.</source>
        <translation>那个等待已经结束；没有可打断的。</translation>
    </message>
    <message>
        <source>The wait of {0} for {1} cannot be broken off; stop the run instead.</source>
        <translation>{0} 对 {1} 的等待无法打断；请改为停止运行。</translation>
    </message>
    <message>
        <source>A run is under way; stop it first.</source>
        <translation>有一次运行正在进行；请先停止它。</translation>
    </message>
    <message>
        <source>The run could not be started: {0}.</source>
        <translation>运行无法启动：{0}。</translation>
    </message>
    <message>
        <source>What this run can change is not known.</source>
        <translation>不知道这次运行可以改变什么。</translation>
    </message>
    <message>
        <source>Worker PID {0} {1}: its tasks are lost and its pool cannot go on; start the run again.</source>
        <translation>工作者 PID {0} {1}：它的任务丢失了，它的池无法继续；请重新运行。</translation>
    </message>
    <message>
        <source>The pool took a worker that was alive for dead, as it does where a task closes descriptors that are not its own, and ended them all (SIGTERM to PID {0} and the others): what was under way is lost; mend the task and start the run again.</source>
        <translation>进程池把一个还活着的工作进程当成已经死亡（任务关闭了不属于它的描述符时就会这样），于是结束了所有工作进程（向 PID {0} 和其他进程发送 SIGTERM）：进行中的都丢失了；请修正任务，然后重新运行。</translation>
    </message>
    <message>
        <source>{0} was stopped (SIGSTOP), and for {1} s no task ended: the run was ended (SIGKILL), and what was under way is lost. Continue what you stop in time, and start the run again.</source>
        <translation>{0} 被暂停（SIGSTOP），{1} 秒内没有任务结束：运行已被终止（SIGKILL），进行中的都丢失了。请及时让暂停的进程继续，然后重新运行。</translation>
    </message>
    <message>
        <source>{0} were stopped (SIGSTOP), and for {1} s no task ended: the run was ended (SIGKILL), and what was under way is lost. Continue what you stop in time, and start the run again.</source>
        <translation>{0} 被暂停（SIGSTOP），{1} 秒内没有任务结束：运行已被终止（SIGKILL），进行中的都丢失了。请及时让暂停的进程继续，然后重新运行。</translation>
    </message>
    <message>
        <source>The forkserver, PID {0}, {1}, and nobody can tell how its workers fare: their tasks are lost and the pool cannot go on; start the run again.</source>
        <translation>forkserver（PID {0}）{1}，它的工作者状况已无从得知：它们的任务丢失了，池无法继续；请重新运行。</translation>
    </message>
    <message>
        <source>The forkserver, PID {0}, {1}, while it was to start a process; start the run again.</source>
        <translation>forkserver（PID {0}）在启动进程时{1}；请重新运行。</translation>
    </message>
    <message>
        <source>PID {0} was lost under its task: its forkserver, PID {1}, {2}</source>
        <translation>PID {0} 在执行任务时失去联系：它的 forkserver（PID {1}）{2}</translation>
    </message>
    <message>
        <source>The pool lost a worker and cannot go on: {0}</source>
        <translation>池失去了一个工作者，无法继续：{0}</translation>
    </message>
    <message>
        <source>The run ended with {0}: {1} (line {2} of {3}).</source>
        <translation>运行以 {0} 结束：{1}（{3} 第 {2} 行）。</translation>
    </message>
    <message>
        <source>{0} cannot run here: {1}.</source>
        <translation>{0} 无法在这里运行：{1}。</translation>
    </message>
    <message>
        <source>its import did not end within {0} s</source>
        <translation>它的导入在 {0} 秒内没有结束</translation>
    </message>
    <message>
        <source>its import ended the process, which {0}</source>
        <translation>它的导入使进程终止，进程{0}</translation>
    </message>
    <message>
        <source>was killed by {0}</source>
        <translation>被 {0} 杀死</translation>
    </message>
    <message>
        <source>ended with exit code {0}</source>
        <translation>结束，退出码 {0}</translation>
    </message>
    <message>
        <source>has ended</source>
        <translation>已经结束</translation>
    </message>
    <message>
        <source>Nothing runs that could be changed; start a run first.</source>
        <translation>没有正在运行、可以改变的；请先开始一次运行。</translation>
    </message>
    <message>
        <source>Python {0} is too old: runs need 3.11 or later.</source>
        <translation>Python {0} 太旧：运行需要 3.11 或更高版本。</translation>
    </message>
    <message>
        <source>{0} sent more than was asked for; choose another interpreter.</source>
        <translation>{0} 发来的超出所问；请选择别的解释器。</translation>
    </message>
    <message>
        <source>The run is {0}: {1}.</source>
        <translation>这次运行正处于 {0}：{1}。</translation>
    </message>
    <message>
        <source>it cannot be changed any more</source>
        <translation>不能再改变</translation>
    </message>
    <message>
        <source>wait until it runs</source>
        <translation>请等它运行起来</translation>
    </message>
    <message>
        <source>fork {0}</source>
        <translation>叉子 {0}</translation>
    </message>
    <message>
        <source>inbox of {0}</source>
        <translation>{0} 的收件箱</translation>
    </message>
    <message>
        <source>PID {0} ({1})</source>
        <translation>PID {0} ({1})</translation>
    </message>
    <message>
        <source>{0}, interpreter {1}</source>
        <translation>{0}，解释器 {1}</translation>
    </message>
    <message>
        <source>thread {0}</source>
        <translation>线程 {0}</translation>
    </message>
    <message>
        <source>coroutine {0}</source>
        <translation>协程 {0}</translation>
    </message>
    <message>
        <source>task {0}</source>
        <translation>任务 {0}</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
</context>
<context>
    <name>SettingsFile</name>
    <message>
        <source>The settings could not be read ({0}); the defaults hold.</source>
        <translation>无法读取设置（{0}）；使用默认值。</translation>
    </message>
    <message>
        <source>Settings cannot be kept in {0}: it cannot be written.</source>
        <translation>设置无法保存在 {0}：不可写。</translation>
    </message>
    <message>
        <source>The settings were damaged and could not be kept ({0}); the defaults hold.</source>
        <translation>设置已损坏，也无法保留（{0}）；使用默认值。</translation>
    </message>
    <message>
        <source>The settings were damaged: the defaults hold, the old file is kept as {0}.</source>
        <translation>设置已损坏：使用默认值，旧文件保留为 {0}。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{0} and {1} more</source>
        <translation>{0} 以及另外 {1} 项</translation>
    </message>
    <message>
        <source>In the settings this cannot be: {0}. Defaults hold in its place, the rest as it was; the old file is kept as {1}.</source>
        <translation>设置中有无效的值：{0}。这些项使用默认值，其余保持不变；旧文件保存为 {1}。</translation>
    </message>
    <message>
        <source>The settings could not be saved: {0}.</source>
        <translation>无法保存设置：{0}。</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Memory for the detail of a run</source>
        <translation>运行细节所用的内存</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>A limit of my own</source>
        <translation>自定上限</translation>
    </message>
    <message>
        <source>Set a memory limit of my own for each run</source>
        <translation>为每次运行自定内存上限</translation>
    </message>
    <message>
        <source>Memory limit of a run</source>
        <translation>一次运行的内存上限</translation>
    </message>
    <message>
        <source>How many finished runs are kept</source>
        <translation>保留多少次结束的运行</translation>
    </message>
    <message>
        <source> runs</source>
        <translation> 次</translation>
    </message>
    <message>
        <source>Room for kept runs</source>
        <translation>保留的运行可占的空间</translation>
    </message>
    <message>
        <source>Folder of your own lessons</source>
        <translation>自己的课程文件夹</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Browse …</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Choose the folder of your lessons</source>
        <translation>选择课程文件夹</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Use no lessons of your own</source>
        <translation>不使用自己的课程</translation>
    </message>
    <message>
        <source>Another language holds from the next start.</source>
        <translation>更换语言后，下次启动时生效。</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Memory limit</source>
        <translation>内存上限</translation>
    </message>
    <message>
        <source>Kept runs</source>
        <translation>保留的运行</translation>
    </message>
    <message>
        <source>Your lessons</source>
        <translation>自己的课程</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>{0} to {1} MB. When it is full the oldest spans are thinned; all sums stay exact.</source>
        <translation>{0} 至 {1} MB。用满后，最早的时间段只保留合计；所有合计仍然精确。</translation>
    </message>
    <message>
        <source>At {0} % of it a run begins no new tasks until memory falls; at {1} % it is ended.</source>
        <translation>达到它的 {0} % 时，运行不再开始新任务，直到内存回落；达到 {1} % 时运行被结束。</translation>
    </message>
    <message>
        <source>{2} % of what is free. At {0} % of that a run begins no new tasks until memory falls; at {1} % it is ended.</source>
        <translation>空闲内存的 {2} %。达到它的 {0} % 时，运行不再开始新任务，直到内存回落；达到 {1} % 时运行被结束。</translation>
    </message>
    <message>
        <source>Finished runs are kept on disk, to be compared. The oldest go first, pinned ones never.</source>
        <translation>结束的运行保留在磁盘上，以便比较。最旧的先删，固定的从不删。</translation>
    </message>
    <message>
        <source>0: no finished run is kept. Those that are kept already stay.</source>
        <translation>0：不保留结束的运行。已经保留的仍在。</translation>
    </message>
    <message>
        <source>No folder: only the lessons that come along.</source>
        <translation>没有文件夹：只有自带的课程。</translation>
    </message>
    <message>
        <source>{0} is no folder: choose one that holds lessons.</source>
        <translation>{0} 不是文件夹：请选择放课程的文件夹。</translation>
    </message>
    <message>
        <source>{0} cannot be read ({1}): choose another folder.</source>
        <translation>无法读取 {0}({1})：请选择别的文件夹。</translation>
    </message>
    <message>
        <source>{0} holds more than {1} files: choose a folder that holds lessons alone.</source>
        <translation>{0} 里的文件多于 {1} 个：请选择只放课程的文件夹。</translation>
    </message>
    <message numerus="yes">
        <source>%n lesson(s) found.</source>
        <translation>
            <numerusform>找到 %n 课。</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no lesson here: a lesson is a file KEY.md.</source>
        <translation>这里没有课程：一课是一个 KEY.md 文件。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) cannot be used, the first: {0}</source>
        <translation>
            <numerusform>%n 个文件无法使用，第一个：{0}</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation>{0}{1}</translation>
    </message>
</context>
<context>
    <name>Shelf</name>
    <message>
        <source>This lesson is not translated yet: it is shown in {0}.</source>
        <translation>这一课还没有翻译：以 {0} 显示。</translation>
    </message>
    <message>
        <source>The lessons could not be read: {0}</source>
        <translation>无法读取课程：{0}</translation>
    </message>
</context>
<context>
    <name>ShortcutsPage</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
</context>
<context>
    <name>SideColumn</name>
    <message>
        <source>Lesson and script</source>
        <translation>课程和脚本</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Script</source>
        <translation>脚本</translation>
    </message>
</context>
<context>
    <name>SourceCard</name>
    <message>
        <source>SOURCE</source>
        <translation>源代码</translation>
    </message>
    <message>
        <source>Source of your file</source>
        <translation>你的文件的源代码</translation>
    </message>
    <message>
        <source>Drop a Python file anywhere on the window, or press Ctrl+O.

It is shown here first, and nothing of it runs.</source>
        <translation>把 Python 文件拖到窗口任意处，或按 Ctrl+O。

它会先显示在这里，不会运行其中任何内容。</translation>
    </message>
</context>
<context>
    <name>SpareOffer</name>
    <message>
        <source>Show its output</source>
        <translation>显示它的输出</translation>
    </message>
    <message>
        <source>Show what the host wrote last</source>
        <translation>显示主进程最后写下的内容</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <source>Start a host that stands ready once more</source>
        <translation>再次启动一个待命的主进程</translation>
    </message>
</context>
<context>
    <name>Spin</name>
    <message>
        <source>{0} is missing: it must be at least {1}.</source>
        <translation>缺少{0}：至少为 {1}。</translation>
    </message>
    <message>
        <source>{0} must be at least {1}, not {2}.</source>
        <translation>{0}至少为 {1}，不能是 {2}。</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Charts</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>THROUGHPUT</source>
        <translation>吞吐量</translation>
    </message>
    <message>
        <source>ACTIVITY BY PID</source>
        <translation>各 PID 的活动</translation>
    </message>
    <message>
        <source>WHERE THE TIME WENT</source>
        <translation>时间去向</translation>
    </message>
    <message>
        <source>The run in detail</source>
        <translation>运行详情</translation>
    </message>
    <message>
        <source>Where the time went</source>
        <translation>时间去向</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Waits  ✕</source>
        <translation>等待  ✕</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Race film</source>
        <translation>竞态回放</translation>
    </message>
    <message>
        <source>Save or copy what the tab in front shows</source>
        <translation>保存或复制当前标签页的内容</translation>
    </message>
    <message>
        <source>Output  ✕ {0}</source>
        <translation>输出  ✕ {0}</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>进程</translation>
    </message>
</context>
<context>
    <name>StandstillOffer</name>
    <message>
        <source>Show stacks</source>
        <translation>显示调用栈</translation>
    </message>
    <message>
        <source>Show where everybody stands</source>
        <translation>显示每个执行者停在哪里</translation>
    </message>
    <message>
        <source>Keep waiting</source>
        <translation>继续等</translation>
    </message>
    <message>
        <source>Say no more of it until it has lasted longer</source>
        <translation>在它持续更久之前不再提醒</translation>
    </message>
    <message>
        <source>Stop the run that gets no further</source>
        <translation>停止这个没有进展的运行</translation>
    </message>
</context>
<context>
    <name>StopWords</name>
    <message>
        <source>Stopping: no new tasks; those under way have {0} s before {1}  ·  {2}</source>
        <translation>正在停止：不再分发新任务；进行中的任务还有 {0} 秒，之后发送 {1}  ·  {2}</translation>
    </message>
    <message>
        <source>Stopping: {0} to {1}; {2} in {3} s</source>
        <translation>正在停止：向 {1} 发送 {0}；{3} 秒后发送 {2}</translation>
    </message>
    <message>
        <source>Stopping: {0} to {1}</source>
        <translation>正在停止：向 {1} 发送 {0}</translation>
    </message>
    <message>
        <source>PID {0}</source>
        <translation>PID {0}</translation>
    </message>
    <message>
        <source>PIDs {0} and {1} more</source>
        <translation>PID {0} 和另外 {1} 个</translation>
    </message>
    <message>
        <source>PIDs {0}</source>
        <translation>PID {0}</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>stopped, with {0}</source>
        <translation>已用 {0} 停止</translation>
    </message>
</context>
<context>
    <name>StripMarks</name>
    <message>
        <source>Events: {counts}.</source>
        <translation>事件：{counts}。</translation>
    </message>
    <message>
        <source>… and {n} more</source>
        <translation>… 还有 {n} 个</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n 个事件</numerusform>
        </translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} s</translation>
    </message>
    <message>
        <source>exit {n}</source>
        <translation>退出 {n}</translation>
    </message>
    <message>
        <source>signal {n}</source>
        <translation>信号 {n}</translation>
    </message>
    <message>
        <source>deadlock</source>
        <translation>死锁</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>exit ≠ 0</source>
        <translation>退出 ≠ 0</translation>
    </message>
    <message>
        <source>stands still</source>
        <translation>停住</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>daemon cut off</source>
        <translation>守护中断</translation>
    </message>
    <message>
        <source>signal</source>
        <translation>信号</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>broken on request</source>
        <translation>应要求弄坏</translation>
    </message>
    <message>
        <source>stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>goes on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>main is done</source>
        <translation>主线程结束</translation>
    </message>
    <message>
        <source>callback</source>
        <translation>回调</translation>
    </message>
    <message>
        <source>end of pipe</source>
        <translation>管道关闭</translation>
    </message>
    <message>
        <source>joined</source>
        <translation>join 返回</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>received</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>exit 0</source>
        <translation>退出 0</translation>
    </message>
</context>
<context>
    <name>Study</name>
    <message>
        <source>The progress of the lessons could not be read ({0}): it begins anew.</source>
        <translation>无法读取课程进度（{0}）：进度将重新开始。</translation>
    </message>
</context>
<context>
    <name>Sweep</name>
    <message>
        <source>Use {model} with {workers} workers.</source>
        <translation>使用{model}，{workers} 个工作者。</translation>
    </message>
    <message>
        <source>Use {model} with {workers} workers, {chunksize} tasks at a time.</source>
        <translation>使用{model}，{workers} 个工作者，每次 {chunksize} 个任务。</translation>
    </message>
    <message>
        <source>Use {model} with {workers} workers under Python {python}.</source>
        <translation>在 Python {python} 下使用{model}，{workers} 个工作者。</translation>
    </message>
    <message>
        <source>Use {model} with {workers} workers, {chunksize} tasks at a time, under Python {python}.</source>
        <translation>在 Python {python} 下使用{model}，{workers} 个工作者，每次 {chunksize} 个任务。</translation>
    </message>
    <message>
        <source>Call it one task after the other: nothing measured is faster beyond the noise.</source>
        <translation>逐个执行任务：测到的都没有超出噪声地更快。</translation>
    </message>
    <message>
        <source>Call it one task after the other, under Python {python}: nothing measured is faster beyond the noise.</source>
        <translation>在 Python {python} 下逐个执行任务：测到的都没有超出噪声地更快。</translation>
    </message>
    <message>
        <source>tasks per second</source>
        <translation>任务/秒</translation>
    </message>
    <message>
        <source>times as fast as one after the other</source>
        <translation>倍于逐个执行的速度</translation>
    </message>
    <message>
        <source>times as fast as the runner-up, {runner_up}</source>
        <translation>倍于第二名{runner_up}的速度</translation>
    </message>
    <message>
        <source>for a task, one after the other</source>
        <translation>每个任务，逐个执行</translation>
    </message>
    <message>
        <source>until the workers are ready</source>
        <translation>直到工作者就绪</translation>
    </message>
    <message>
        <source>rounds measured of it</source>
        <translation>轮测量</translation>
    </message>
    <message>
        <source>With fewer than about {tasks} tasks in all, one after the other is done sooner: its start is {startup} shorter.</source>
        <translation>总共少于约 {tasks} 个任务时，逐个执行更早完成：它的启动快 {startup}。</translation>
    </message>
    <message>
        <source>From about {time} for a call on, {model} would win: below that its trips cost more than they save.</source>
        <translation>从每次调用约 {time} 起，{model}会胜出：低于此，往返的代价大于所省的时间。</translation>
    </message>
    <message>
        <source>More than {workers} workers may do still more: up to there each step paid.</source>
        <translation>超过 {workers} 个工作者也许还能更多：到此为止每一步都值得。</translation>
    </message>
    <message>
        <source>If the function computed in Python instead of waiting or calling C, processes would win.</source>
        <translation>如果函数是在 Python 中计算，而不是等待或调用 C，进程会胜出。</translation>
    </message>
    <message>
        <source>If its results or arguments grew large, threads would win: they send nothing.</source>
        <translation>如果结果或参数变大，线程会胜出：它们不发送任何东西。</translation>
    </message>
    <message>
        <source>Under a Python without a GIL threads would do the same, and send nothing.</source>
        <translation>在没有 GIL 的 Python 下线程也能做到，而且不发送任何东西。</translation>
    </message>
    <message>
        <source>{other} is as fast within the noise; this one is simpler.</source>
        <translation>在噪声之内{other}一样快；这一个更简单。</translation>
    </message>
    <message>
        <source>{other} was {times} times as fast, but that may be noise, and this one is simpler: measure longer, or on an idle machine, to know.</source>
        <translation>{other} 的速度是它的 {times} 倍，但这可能只是噪声，而当前这种更简单：要弄清楚，请测量更久，或在空闲的机器上测量。</translation>
    </message>
    <message>
        <source>Before you go over to processes: they do not share what is global, and the function changes a global or takes a lock of its module; each process would have its own. {what}</source>
        <translation>改用进程之前请注意：进程不共享全局数据，而该函数修改了全局变量或使用了其模块的锁；每个进程都会各有一份。{what}</translation>
    </message>
    <message>
        <source>Under another Python, or on a machine with other cores, measure again.</source>
        <translation>换一个 Python，或换一台核心不同的机器，请重新测量。</translation>
    </message>
    <message>
        <source>Processes do not share what is global: the function changes a global or takes a lock of its module, and each process would have its own. {what}</source>
        <translation>进程不共享全局的东西：该函数改变全局变量或使用其模块的锁，而每个进程会各有一份。{what}</translation>
    </message>
    <message>
        <source>A result of {bytes} is pickled and sent for every task: let the function write it where it is needed, and return its name.</source>
        <translation>每个任务要序列化并发送 {bytes} 的结果：让函数把它写到需要的地方，只返回名字。</translation>
    </message>
    <message>
        <source>At its peak it was seen to take {bytes} of memory.</source>
        <translation>峰值时看到它占用 {bytes} 内存。</translation>
    </message>
    <message>
        <source>The function starts threads of a native library: with {workers} workers there are so many times as many. Limit them (OMP_NUM_THREADS=1).</source>
        <translation>该函数启动本地库的线程：{workers} 个工作者时就有那么多倍。请限制它们（OMP_NUM_THREADS=1）。</translation>
    </message>
    <message>
        <source>A call alone takes {call}, but one after the other a task takes {task} here: handing out and recording each task is in every number. A script that only calls the function does more per second.</source>
        <translation>单独调用一次要 {call}，而这里逐个执行时每个任务要 {task}：每个数字都包含分发和记录每个任务的开销。只调用该函数的脚本每秒能完成更多。</translation>
    </message>
    <message>
        <source>With tasks this short, handing out and recording each of them may be a good part of every number here: a script that only calls the function does more per second.</source>
        <translation>任务这么短时，分发和记录每个任务的开销可能占这里每个数字的很大一部分：只调用该函数的脚本每秒能完成更多。</translation>
    </message>
    <message>
        <source>The machine was restless: the interval of this number is {share} wide. Measure again when it is idle.</source>
        <translation>机器不安静：这个数的区间宽 {share}。请在空闲时重新测量。</translation>
    </message>
    <message>
        <source>The budget ended before everything was measured often enough: give it more seconds.</source>
        <translation>在测够之前预算就用完了：请给更多秒数。</translation>
    </message>
    <message>
        <source>It was measured only once: give it more seconds.</source>
        <translation>它只测了一次：请给更多秒数。</translation>
    </message>
    <message>
        <source>{workers} threads are as fast as one: they take turns at one GIL.</source>
        <translation>{workers} 个线程和一个一样快：它们轮流使用一个 GIL。</translation>
    </message>
    <message>
        <source>{workers} threads are {times} times as fast as one after the other: the GIL is free most of the time.</source>
        <translation>{workers} 个线程是逐个执行的 {times} 倍：GIL 大部分时间是空闲的。</translation>
    </message>
    <message>
        <source>Handing tasks over costs more than it saves: the best that runs several at once reaches {times} of one after the other.</source>
        <translation>移交任务的代价大于所省：同时运行几个的最好者也只达到逐个执行的 {times}。</translation>
    </message>
    <message>
        <source>{workers} processes are {times} times as fast as one after the other.</source>
        <translation>{workers} 个进程是逐个执行的 {times} 倍。</translation>
    </message>
    <message>
        <source>In chunks of {chunksize} tasks {model} is {times} times as fast as with single ones.</source>
        <translation>以每块 {chunksize} 个任务，{model}是单个任务时的 {times} 倍。</translation>
    </message>
    <message>
        <source>{model} with {workers} workers could not be measured: {why}</source>
        <translation>{model}，{workers} 个工作者，无法测量：{why}</translation>
    </message>
    <message>
        <source>{model} with {workers} workers, {chunksize} tasks at a time, could not be measured: {why}</source>
        <translation>{model}，{workers} 个工作者，每次 {chunksize} 个任务，无法测量：{why}</translation>
    </message>
    <message>
        <source>{model} was left out: {why}</source>
        <translation>{model}被略去：{why}</translation>
    </message>
</context>
<context>
    <name>SweepController</name>
    <message>
        <source>A run is under way: stop it before you measure.</source>
        <translation>运行正在进行：测量之前请先停止它。</translation>
    </message>
    <message>
        <source>A sweep is under way already: stop it first.</source>
        <translation>扫描已在进行：请先停止它。</translation>
    </message>
</context>
<context>
    <name>SweepDesk</name>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Looking at the function first …</source>
        <translation>先看一下这个函数 …</translation>
    </message>
</context>
<context>
    <name>SweepForm</name>
    <message>
        <source>What is to be measured</source>
        <translation>要测量什么</translation>
    </message>
    <message>
        <source>Which one?</source>
        <translation>用哪一个？</translation>
    </message>
    <message>
        <source>How does it scale?</source>
        <translation>扩展性如何？</translation>
    </message>
    <message>
        <source>From which length on?</source>
        <translation>从多长开始？</translation>
    </message>
    <message>
        <source>What is asked</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>工作者</translation>
    </message>
    <message>
        <source>Chunk size</source>
        <translation>块大小</translation>
    </message>
    <message>
        <source>Rounds each</source>
        <translation>各测轮数</translation>
    </message>
    <message>
        <source>Seconds at most</source>
        <translation>最多秒数</translation>
    </message>
    <message>
        <source>What makes a task longer</source>
        <translation>什么使任务更长</translation>
    </message>
    <message>
        <source>Sizes of a task</source>
        <translation>任务的大小</translation>
    </message>
    <message>
        <source>such as 10, 100, 1000</source>
        <translation>例如 10, 100, 1000</translation>
    </message>
    <message>
        <source>Sizes</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Choose on the left what is to be measured.</source>
        <translation>请在左边选择要测量什么。</translation>
    </message>
    <message>
        <source>Tick at least one model and one number of workers.</source>
        <translation>请至少勾选一个模型和一个工作者数。</translation>
    </message>
    <message>
        <source>These tasks have no number that makes them longer: choose another workload.</source>
        <translation>这些任务没有使其变长的数值：请选择另一种负载。</translation>
    </message>
    <message>
        <source>{0} is no number: give sizes such as 10, 100, 1000.</source>
        <translation>{0} 不是数：请给出大小，例如 10, 100, 1000。</translation>
    </message>
    <message>
        <source>Give at least two sizes, such as 10, 100, 1000.</source>
        <translation>请至少给出两个大小，例如 10, 100, 1000。</translation>
    </message>
    <message>
        <source>Called with</source>
        <translation>调用参数</translation>
    </message>
    <message>
        <source>{0} cells, the promising ones more often: at most {1}.</source>
        <translation>{0} 个单元，有希望的测得更多：最多 {1}。</translation>
    </message>
    <message>
        <source>{0} cells, {1} rounds: about {2}; where there is noise, more.</source>
        <translation>{0} 个单元，{1} 轮：约 {2}；有噪声处更多。</translation>
    </message>
    <message>
        <source>{0} {1} rounds are there from before.</source>
        <translation>{0} 以前已有 {1} 轮。</translation>
    </message>
    <message>
        <source>{0} Left out: {1}</source>
        <translation>{0} 略去：{1}</translation>
    </message>
    <message>
        <source>A run is under way: stop it before you measure.</source>
        <translation>运行正在进行：测量之前请先停止它。</translation>
    </message>
</context>
<context>
    <name>SweepPage</name>
    <message>
        <source>Measure and recommend</source>
        <translation>测量并推荐</translation>
    </message>
    <message>
        <source>Progress of the sweep</source>
        <translation>扫描进度</translation>
    </message>
    <message>
        <source>What came of it</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>Scaling</source>
        <translation>扩展性</translation>
    </message>
    <message>
        <source>Crossover</source>
        <translation>交叉点</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>Save the sweep</source>
        <translation>保存扫描</translation>
    </message>
    <message>
        <source>Save the cells as CSV, or all of it as JSON</source>
        <translation>将单元存为 CSV，或全部存为 JSON</translation>
    </message>
</context>
<context>
    <name>SweepTable</name>
    <message>
        <source>Cells</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>工作者</translation>
    </message>
    <message>
        <source>Chunk</source>
        <translation>块</translation>
    </message>
    <message>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Tasks/s</source>
        <translation>任务/秒</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95 % 区间</translation>
    </message>
    <message>
        <source>Speed-up</source>
        <translation>加速</translation>
    </message>
    <message>
        <source>Efficiency</source>
        <translation>效率</translation>
    </message>
    <message>
        <source>Start-up</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Rounds</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Save the cells as CSV …</source>
        <translation>将单元存为 CSV …</translation>
    </message>
    <message>
        <source>Save the sweep as JSON …</source>
        <translation>将扫描存为 JSON …</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>{0} ×</source>
        <translation>{0} ×</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>逗号分隔值 (*.csv)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
</context>
<context>
    <name>SweepWords</name>
    <message>
        <source>{0}, {1} at a time</source>
        <translation>{0}，每次 {1} 个</translation>
    </message>
    <message>
        <source>{0}, size {1}</source>
        <translation>{0}，大小 {1}</translation>
    </message>
    <message>
        <source>{0} ×</source>
        <translation>{0} ×</translation>
    </message>
    <message>
        <source>one round</source>
        <translation>一轮</translation>
    </message>
    <message>
        <source>{0} to {1}</source>
        <translation>{0} 到 {1}</translation>
    </message>
    <message>
        <source>Asking the interpreter what it can run …</source>
        <translation>正在询问解释器能运行什么 …</translation>
    </message>
    <message>
        <source>{0} of {1} rounds</source>
        <translation>{0} / {1} 轮</translation>
    </message>
    <message>
        <source>Done: {0} rounds in {1}.</source>
        <translation>完成：{0} 轮，用时 {1}。</translation>
    </message>
    <message>
        <source>Stopped after {0}. What was measured is kept: it can go on from here.</source>
        <translation>在 {0} 后停止。测到的已保留：可以从这里继续。</translation>
    </message>
    <message>
        <source>about {0} left</source>
        <translation>约剩 {0}</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} 秒</translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0} 分钟</translation>
    </message>
    <message>
        <source>{0} h</source>
        <translation>{0} 小时</translation>
    </message>
    <message>
        <source>{0}: the law follows when the sweep is over.</source>
        <translation>{0}：扫描结束后给出定律。</translation>
    </message>
    <message>
        <source>{0}: no law was fitted. {1}</source>
        <translation>{0}：没有拟合定律。{1}</translation>
    </message>
    <message>
        <source>more workers gain next to nothing</source>
        <translation>更多工作者几乎没有收益</translation>
    </message>
    <message>
        <source>no peak: more workers do more, as far as the law goes</source>
        <translation>没有峰值：按定律，更多工作者做得更多</translation>
    </message>
    <message>
        <source>the most with {0} workers</source>
        <translation>{0} 个工作者时最多</translation>
    </message>
    <message>
        <source>{0}: {1} of the work is done one at a time, each pair of workers costs {2}; {3}.</source>
        <translation>{0}：{1} 的工作是一次一个做的，每一对工作者的代价为 {2}；{3}。</translation>
    </message>
    <message>
        <source>A law needs at least four numbers of workers, and points that lie on a curve.</source>
        <translation>定律至少需要四种工作者数，以及位于曲线上的点。</translation>
    </message>
    <message>
        <source>Contention (alpha): {0}, from {1} to {2}</source>
        <translation>争用 (alpha)：{0}，从 {1} 到 {2}</translation>
    </message>
    <message>
        <source>Coherency (beta): {0}, from {1} to {2}</source>
        <translation>一致性 (beta)：{0}，从 {1} 到 {2}</translation>
    </message>
    <message>
        <source>One worker (gamma): {0} tasks/s</source>
        <translation>一个工作者 (gamma)：{0} 任务/秒</translation>
    </message>
    <message>
        <source>Peak: {0} workers, from {1} to {2}</source>
        <translation>峰值：{0} 个工作者，从 {1} 到 {2}</translation>
    </message>
    <message>
        <source>Measurements lie {0} beside it.</source>
        <translation>测量值偏离它 {0}。</translation>
    </message>
    <message>
        <source>Amdahl&apos;s law: {0} is serial.</source>
        <translation>阿姆达尔定律：{0} 是串行的。</translation>
    </message>
    <message>
        <source>Universal Scalability Law: N. J. Gunther, Guerrilla Capacity Planning, 2007.</source>
        <translation>通用可扩展性定律：N. J. Gunther, Guerrilla Capacity Planning, 2007。</translation>
    </message>
    <message>
        <source>{0} wins over {1} throughout: no crossover in the measured range.</source>
        <translation>{0}始终胜过{1}：在所测范围内没有交叉点。</translation>
    </message>
    <message>
        <source> ({0} to {1})</source>
        <translation>（{0} 到 {1}）</translation>
    </message>
    <message>
        <source>Below {0} per task{1} {2} wins, above it {3}.</source>
        <translation>每个任务低于 {0}{1} 时{2}胜出，高于此则{3}胜出。</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
</context>
<context>
    <name>TabActions</name>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>逗号分隔值 (*.csv)</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>文本 (*.txt)</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
</context>
<context>
    <name>TextPage</name>
    <message>
        <source>Copy all</source>
        <translation>全部复制</translation>
    </message>
    <message>
        <source>Copy all of the text</source>
        <translation>复制全部文字</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ThroughputChart</name>
    <message>
        <source>Throughput</source>
        <translation>吞吐量</translation>
    </message>
    <message>
        <source>Throughput: tasks finished per second over time</source>
        <translation>吞吐量：每秒完成的任务随时间的变化</translation>
    </message>
    <message>
        <source>tasks/s</source>
        <translation>任务/s</translation>
    </message>
    <message>
        <source>tasks/s on average</source>
        <translation>任务/s，平均</translation>
    </message>
    <message>
        <source>Curve of tasks per second</source>
        <translation>每秒任务数曲线</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>{count} events dropped: more was done here than is shown</source>
        <translation>丢弃了 {count} 个事件：实际完成的比显示的多</translation>
    </message>
    <message>
        <source>Press Run: the tasks finished per second are drawn here while they run.</source>
        <translation>按“运行”：这里会实时画出每秒完成的任务数。</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>highest</source>
        <translation>最高</translation>
    </message>
    <message>
        <source>lowest</source>
        <translation>最低</translation>
    </message>
</context>
<context>
    <name>TimelineBar</name>
    <message>
        <source>Search the timeline</source>
        <translation>搜索时间线</translation>
    </message>
    <message>
        <source>Task or lane</source>
        <translation>任务或执行者</translation>
    </message>
    <message>
        <source>A task&apos;s number or part of a lane&apos;s name; Return goes there (Ctrl+F)</source>
        <translation>任务编号或执行者名称的一部分；按回车跳转 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Keep the chosen lane at the top, or let it go (P)</source>
        <translation>把所选执行者固定在顶部，或取消固定 (P)</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>The whole run; again, with its start-up (F)</source>
        <translation>整个运行；再按一次则包括启动过程 (F)</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>Go along with the run again (Esc, or Space)</source>
        <translation>重新跟随运行 (Esc 或空格)</translation>
    </message>
</context>
<context>
    <name>TimelineChoice</name>
    <message>
        <source>No later span in this lane.</source>
        <translation>该执行者后面没有时间段了。</translation>
    </message>
    <message>
        <source>No earlier span in this lane.</source>
        <translation>该执行者前面没有时间段了。</translation>
    </message>
    <message>
        <source>No task and no lane “{text}” is known here.</source>
        <translation>这里没有名为“{text}”的任务或执行者。</translation>
    </message>
    <message>
        <source>Choose a wait for a lock whose holder is known, then press H.</source>
        <translation>先选中一段已知持有者的等锁时间，再按 H。</translation>
    </message>
    <message>
        <source>PID {pid}</source>
        <translation>PID {pid}</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) of this lane dropped about here</source>
        <translation>
            <numerusform>该执行者在此附近丢弃了 %n 个事件</numerusform>
        </translation>
    </message>
    <message>
        <source>before here only sums are kept, no single spans</source>
        <translation>此前只保留合计，不保留单个时间段</translation>
    </message>
</context>
<context>
    <name>TimelineGhost</name>
    <message>
        <source>ghost: {0}</source>
        <translation>对照：{0}</translation>
    </message>
    <message>
        <source>thinned: gaps below {0} ms are closed</source>
        <translation>已精简：小于 {0} ms 的间隙已合并</translation>
    </message>
    <message numerus="yes">
        <source>%n more lane(s)</source>
        <translation>
            <numerusform>另有 %n 个执行者</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TimelineLines</name>
    <message>
        <source>Rows of the timeline</source>
        <translation>时间线的行</translation>
    </message>
    <message>
        <source>Choose a lane first: click on it, or use the arrow keys.</source>
        <translation>请先选择一个执行者：点击它，或使用方向键。</translation>
    </message>
</context>
<context>
    <name>TimelinePainter</name>
    <message>
        <source>task under way</source>
        <translation>进行中的任务</translation>
    </message>
    <message>
        <source>below: waiting for the GIL (sampled)</source>
        <translation>下方：等 GIL（采样）</translation>
    </message>
    <message>
        <source>waiting for a core (sampled)</source>
        <translation>等核（采样）</translation>
    </message>
    <message>
        <source>waits for GIL and core: not known</source>
        <translation>等 GIL 与等核：未知</translation>
    </message>
</context>
<context>
    <name>TimelineStatus</name>
    <message>
        <source>last {length}</source>
        <translation>最近 {length}</translation>
    </message>
    <message>
        <source>{a} to {b}</source>
        <translation>{a} 至 {b}</translation>
    </message>
    <message>
        <source>held: {span}</source>
        <translation>已定格：{span}</translation>
    </message>
    <message>
        <source>rows {a} to {b} of {n}</source>
        <translation>第 {a} 至 {b} 行，共 {n} 行</translation>
    </message>
    <message numerus="yes">
        <source>reading %n more span(s) …</source>
        <translation>
            <numerusform>还在读取 %n 个时间段 …</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) dropped</source>
        <translation>
            <numerusform>丢弃了 %n 个事件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n earlier span(s) not kept</source>
        <translation>
            <numerusform>较早的 %n 个时间段未保留</numerusform>
        </translation>
    </message>
    <message>
        <source>detail before {when} was thinned to keep within {mb} MB</source>
        <translation>为不超过 {mb} MB，{when} 之前的细节已精简</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} s</translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Timeline: what every lane did and what it waited for</source>
        <translation>时间线：每个执行者做了什么、在等什么</translation>
    </message>
    <message>
        <source>That lane is not on the timeline yet.</source>
        <translation>这个执行者还没有出现在时间线上。</translation>
    </message>
    <message>
        <source>No lane has reported yet …</source>
        <translation>还没有执行者报到 …</translation>
    </message>
    <message>
        <source>This run had no lanes.</source>
        <translation>这次运行没有执行者。</translation>
    </message>
    <message>
        <source>Press Run: every lane gets a line here that shows its tasks and what it waited for.</source>
        <translation>按“运行”：每个执行者在这里占一行，显示它的任务和它在等什么。</translation>
    </message>
</context>
<context>
    <name>TimelineWords</name>
    <message>
        <source>task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>被切断</translation>
    </message>
    <message>
        <source>starting up</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>waiting for an end</source>
        <translation>等待结束</translation>
    </message>
    <message>
        <source>waiting for a result</source>
        <translation>等待结果</translation>
    </message>
    <message>
        <source>waiting for a lock</source>
        <translation>等锁</translation>
    </message>
    <message>
        <source>waiting for a queue</source>
        <translation>等队列</translation>
    </message>
    <message>
        <source>sleeping</source>
        <translation>睡眠</translation>
    </message>
    <message>
        <source>pickling</source>
        <translation>序列化</translation>
    </message>
    <message>
        <source>unpickling</source>
        <translation>反序列化</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>{name} +{n}</source>
        <translation>{name} +{n}</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} s</translation>
    </message>
    <message>
        <source>{n} ms</source>
        <translation>{n} ms</translation>
    </message>
    <message>
        <source>{n} µs</source>
        <translation>{n} µs</translation>
    </message>
    <message>
        <source>{n} ns</source>
        <translation>{n} ns</translation>
    </message>
    <message>
        <source>PID {pid}</source>
        <translation>PID {pid}</translation>
    </message>
    <message>
        <source>at {when}</source>
        <translation>开始于 {when}</translation>
    </message>
    <message>
        <source>{length} so far</source>
        <translation>至今 {length}</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>in task {n}</source>
        <translation>在任务 {n} 中</translation>
    </message>
    <message>
        <source>task {n}, under way</source>
        <translation>任务 {n}，进行中</translation>
    </message>
    <message>
        <source>task {n}</source>
        <translation>任务 {n}</translation>
    </message>
    <message>
        <source>task {n}, cut off</source>
        <translation>任务 {n}，被切断</translation>
    </message>
    <message>
        <source>waiting for {lock}</source>
        <translation>等待 {lock}</translation>
    </message>
    <message>
        <source>{words}, held by {lane}</source>
        <translation>{words}，由 {lane} 持有</translation>
    </message>
    <message numerus="yes">
        <source>{length} × %n lane(s)</source>
        <translation>
            <numerusform>{length} × %n 个执行者</numerusform>
        </translation>
    </message>
    <message>
        <source>{kind} {n} % ({length})</source>
        <translation>{kind} {n} %（{length}）</translation>
    </message>
    <message>
        <source>no span {n} % ({length})</source>
        <translation>无时间段 {n} %（{length}）</translation>
    </message>
    <message>
        <source>waiting for the GIL</source>
        <translation>等 GIL</translation>
    </message>
    <message>
        <source>waiting for a core</source>
        <translation>等核</translation>
    </message>
    <message>
        <source>{kind} {n} % ({length}), sampled</source>
        <translation>{kind} {n} %（{length}），采样</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Script</source>
        <translation>脚本</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Theme, size, commands, keys</source>
        <translation>主题、大小、命令、快捷键</translation>
    </message>
    <message>
        <source>Next:  {0}</source>
        <translation>下次：  {0}</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>warming up</source>
        <translation>准备中</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>deadlock</source>
        <translation>死锁</translation>
    </message>
    <message>
        <source>no progress</source>
        <translation>无进展</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>measuring</source>
        <translation>测量中</translation>
    </message>
</context>
<context>
    <name>TrustBar</name>
    <message>
        <source>Trust and check</source>
        <translation>信任并检查</translation>
    </message>
    <message>
        <source>Imports the file and calls the function a few times, to say what is to be known of it</source>
        <translation>导入文件并调用函数几次，说明应当了解的事项</translation>
    </message>
    <message>
        <source>Trust and run</source>
        <translation>信任并运行</translation>
    </message>
    <message>
        <source>Imports the file and runs the function for all inputs</source>
        <translation>导入文件并对所有输入运行函数</translation>
    </message>
    <message>
        <source>{0} is trusted. It is imported in another process, never in this window.</source>
        <translation>{0} 受信任。它在另一个进程中导入，从不在本窗口中导入。</translation>
    </message>
    <message>
        <source>{0} was changed since you trusted it. Read it again before it is imported.</source>
        <translation>{0} 在你信任之后被改动过。导入之前请再读一遍。</translation>
    </message>
    <message>
        <source>{0} was never run from here. Read it: whoever runs it lets it do what it likes with your files.</source>
        <translation>{0} 从未在这里运行过。请先阅读：运行它就等于允许它随意处理你的文件。</translation>
    </message>
</context>
<context>
    <name>TurnMarks</name>
    <message>
        <source>deadlock</source>
        <translation>死锁</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>paused: memory</source>
        <translation>暂停：内存</translation>
    </message>
    <message>
        <source>goes on</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>WaitGraphView</name>
    <message>
        <source>Waits</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Wait-for graph: who waits for what, and who could give it</source>
        <translation>等待图：谁在等什么，谁能给出它</translation>
    </message>
    <message>
        <source>Show on the timeline</source>
        <translation>在时间线上显示</translation>
    </message>
    <message>
        <source>Break this wait</source>
        <translation>打断这个等待</translation>
    </message>
    <message>
        <source>Press Run: who waits for whom is drawn here, and a deadlock stands out.</source>
        <translation>按“运行”：谁在等谁会画在这里，死锁一目了然。</translation>
    </message>
    <message>
        <source>No wait is known of this run: locks and queues that it was given are watched, a lock of a task&apos;s own is not.</source>
        <translation>这次运行没有已知的等待：交给它的锁和队列都有记录，任务自己的锁没有。</translation>
    </message>
    <message>
        <source>Nobody waited when the run ended.</source>
        <translation>运行结束时没有谁在等。</translation>
    </message>
    <message>
        <source>Nobody waits just now.</source>
        <translation>现在没有谁在等。</translation>
    </message>
    <message>
        <source>Show all of it (Ctrl+0)</source>
        <translation>显示全部 (Ctrl+0)</translation>
    </message>
</context>
<context>
    <name>WaitSums</name>
    <message>
        <source>What was waited for, how often and how long</source>
        <translation>等了什么、多少次、多久</translation>
    </message>
</context>
<context>
    <name>WaitSumsModel</name>
    <message>
        <source>Waited for</source>
        <translation>等待对象</translation>
    </message>
    <message>
        <source>times</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>together</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>longest</source>
        <translation>最长</translation>
    </message>
    <message>
        <source>held by</source>
        <translation>由谁持有</translation>
    </message>
    <message>
        <source>By all lanes together: where several wait at once, it is more than the run was long.</source>
        <translation>所有执行者加在一起：几个同时等时，会比运行本身还长。</translation>
    </message>
    <message>
        <source>Who held it most often. Of a semaphore it is not recorded who has its permits.</source>
        <translation>最常持有它的是谁。信号量的许可在谁手里没有记录。</translation>
    </message>
    <message>
        <source>others</source>
        <translation>其他执行者</translation>
    </message>
    <message>
        <source>a lock</source>
        <translation>锁</translation>
    </message>
    <message>
        <source>room in the queue, or the next task</source>
        <translation>队列空位，或下一个任务</translation>
    </message>
    <message>
        <source>the end of others</source>
        <translation>别的结束</translation>
    </message>
    <message>
        <source>results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>sleep</source>
        <translation>睡眠</translation>
    </message>
</context>
<context>
    <name>WaitWords</name>
    <message>
        <source>… {n} more …</source>
        <translation>…还有 {n} 个…</translation>
    </message>
    <message>
        <source>PID {pid}</source>
        <translation>PID {pid}</translation>
    </message>
    <message>
        <source>TID {tid}</source>
        <translation>TID {tid}</translation>
    </message>
    <message>
        <source>full, {n} of {most}</source>
        <translation>已满，{n}/{most}</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>not begun</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>stuck</source>
        <translation>卡死</translation>
    </message>
    <message>
        <source>held by</source>
        <translation>被拿着</translation>
    </message>
    <message>
        <source>comes from</source>
        <translation>来自</translation>
    </message>
    <message>
        <source>could take</source>
        <translation>可取走</translation>
    </message>
    <message>
        <source>could put</source>
        <translation>可放入</translation>
    </message>
    <message>
        <source>needs a free worker</source>
        <translation>需要空闲的工作者</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>在等</translation>
    </message>
    <message>
        <source>waits {time}</source>
        <translation>已等 {time}</translation>
    </message>
    <message numerus="yes">
        <source>%n wait, up to {time}</source>
        <translation>
            <numerusform>%n 个在等，最久 {time}</numerusform>
        </translation>
    </message>
    <message>
        <source>needs a free worker: {who}</source>
        <translation>需要空闲的工作者：{who}</translation>
    </message>
    <message>
        <source>waits for nothing</source>
        <translation>不在等待</translation>
    </message>
    <message>
        <source>holds {what}</source>
        <translation>拿着 {what}</translation>
    </message>
    <message>
        <source>waited for by {who}</source>
        <translation>在等它的有 {who}</translation>
    </message>
    <message>
        <source>waits for {what}</source>
        <translation>在等 {what}</translation>
    </message>
    <message>
        <source>waits {long} for {what}</source>
        <translation>等 {what} 已 {long}</translation>
    </message>
    <message>
        <source>waits {long} for {what}, since {when}</source>
        <translation>等 {what} 已 {long}，从 {when} 开始</translation>
    </message>
    <message>
        <source>as it stood before the run ended</source>
        <translation>运行结束前的样子</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n 个在等</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stuck for ever</source>
        <translation>
            <numerusform>%n 个永远卡住</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) not shown</source>
        <translation>
            <numerusform>%n 个节点未显示</numerusform>
        </translation>
    </message>
    <message>
        <source>Tab or a click chooses a node</source>
        <translation>按 Tab 或点击可选择节点</translation>
    </message>
    <message>
        <source>Break the wait of {who} for {what}: its task fails, the others go on</source>
        <translation>打断 {who} 对 {what} 的等待：它的任务失败，其余的继续</translation>
    </message>
</context>
<context>
    <name>Workers</name>
    <message>
        <source>Number of workers</source>
        <translation>工作者数量</translation>
    </message>
    <message>
        <source>Number of workers, slider</source>
        <translation>工作者数量，滑块</translation>
    </message>
    <message>
        <source>The number of workers</source>
        <translation>工作者数量</translation>
    </message>
    <message>
        <source>Runs in the main thread, one task at a time.</source>
        <translation>在主线程里运行，一次一个任务。</translation>
    </message>
    <message>
        <source>One thread runs them all: only waits overlap.</source>
        <translation>全由一个线程执行：只有等待能重叠。</translation>
    </message>
    <message>
        <source>1 usable core: beyond, only waits overlap.</source>
        <translation>可用 1 个核：超出后只有等待能重叠。</translation>
    </message>
    <message>
        <source>{0} usable cores: beyond, only waits overlap.</source>
        <translation>可用 {0} 个核：超出后只有等待能重叠。</translation>
    </message>
    <message>
        <source>At most {0} here, set by {1}.</source>
        <translation>这里最多 {0} 个，取决于{1}。</translation>
    </message>
</context>
<context>
    <name>WorkloadPicker</name>
    <message>
        <source>Workload</source>
        <translation>负载</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>The lessons are being fetched …</source>
        <translation>正在取课程……</translation>
    </message>
</context>
<context>
    <name>_Page</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
</TS>
