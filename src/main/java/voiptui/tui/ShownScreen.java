package voiptui.tui;

import java.util.List;

/** A full screen from its first paint to the moment when the terminal is given back. Any thread. */
public interface ShownScreen extends AutoCloseable {

    /** Waits until there is nothing more to show and the terminal is given back. */
    void awaitEnd() throws InterruptedException;

    /** What stays to be read when the screen is gone, line by line. */
    List<String> farewell();

    /** Ends, and gives the terminal back. Again: does nothing. */
    @Override
    void close();
}
