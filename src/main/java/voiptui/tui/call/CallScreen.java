package voiptui.tui.call;

import java.time.ZoneId;
import java.util.List;
import voiptui.tui.ScreenContext;
import voiptui.tui.ScreenLoop;
import voiptui.tui.ShownScreen;
import voiptui.tui.call.model.CallModel;

/** The full screen of a call, from the first frame until the terminal is restored. Any thread. */
public final class CallScreen implements ShownScreen {

    private final ScreenLoop<CallModel> loop;

    private CallScreen(ScreenLoop<CallModel> loop) {
        this.loop = loop;
    }

    /**
     * Opens the screen and shows the call until its summary arrives.
     *
     * @param relay the relay as the user entered it
     * @param peer the peer as the user entered it
     * @param logFile path of the log file, for display; empty if there is none
     * @param zone time zone for the times of day
     */
    public static CallScreen open(ScreenContext context, String relay, String peer, String logFile, ZoneId zone) {
        CallModel.Setting setting = new CallModel.Setting(relay, peer, logFile, zone, false, context.controls());
        CallModel first = CallModel.first(setting, context.nowMs().getAsLong());
        return new CallScreen(ScreenLoop.start(context, new CallProgram(), first));
    }

    /** Waits until the summary has arrived and the terminal is restored, at most three seconds. */
    @Override
    public void awaitEnd() throws InterruptedException {
        loop.awaitEnd();
    }

    /** Returns the summary to print on the restored terminal, line by line; empty if the call is not over. */
    @Override
    public List<String> farewell() {
        return CallSummary.lines(loop.last());
    }

    /** Closes the screen and restores the terminal. Does nothing the second time. */
    @Override
    public void close() {
        loop.close();
    }
}
