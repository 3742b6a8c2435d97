package voiptui.tui.phone;

import java.time.ZoneId;
import java.util.List;
import voiptui.tui.ScreenContext;
import voiptui.tui.ScreenLoop;
import voiptui.tui.ShownScreen;

/** The full screen of a phone, from the first frame until the terminal is restored. Any thread. */
public final class PhoneScreen implements ShownScreen {

    private final ScreenLoop<PhoneModel> loop;

    private PhoneScreen(ScreenLoop<PhoneModel> loop) {
        this.loop = loop;
    }

    /**
     * Opens the screen and shows the phone until it stops.
     *
     * @param relay the relay as the user entered it
     * @param name the name the phone asks for
     * @param ring whether the terminal's bell rings for a call
     * @param logFile path of the log file, for display; empty if there is none
     * @param zone time zone for the times of day
     */
    public static PhoneScreen open(
            ScreenContext context, String relay, String name, boolean ring, String logFile, ZoneId zone) {
        PhoneModel.Setting setting = new PhoneModel.Setting(
                relay, name, ring, logFile, zone, context.nowMs().getAsLong(), context.controls());
        return new PhoneScreen(ScreenLoop.start(context, new PhoneProgram(), PhoneModel.first(setting)));
    }

    /** Waits until the phone has stopped and the terminal is restored, at most three seconds. */
    @Override
    public void awaitEnd() throws InterruptedException {
        loop.awaitEnd();
    }

    /** Returns the summary to print on the restored terminal, line by line; empty if the phone has not stopped. */
    @Override
    public List<String> farewell() {
        return PhoneSummary.lines(loop.last());
    }

    /** Closes the screen and restores the terminal. Does nothing the second time. */
    @Override
    public void close() {
        loop.close();
    }
}
