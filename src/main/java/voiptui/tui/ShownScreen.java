package voiptui.tui;

import java.util.List;

/** A full screen, from the first frame until the terminal is restored. Any thread. */
public interface ShownScreen extends AutoCloseable {

    /** Waits until the screen is over and the terminal is restored, at most three seconds. */
    void awaitEnd() throws InterruptedException;

    /** Returns the summary to print on the restored terminal, line by line. */
    List<String> farewell();

    /** Closes the screen and restores the terminal. Does nothing the second time. */
    @Override
    void close();
}
