// What the hosts under test write to the console belongs to the test that made them do so.
[assembly: Xunit.CaptureConsole]
