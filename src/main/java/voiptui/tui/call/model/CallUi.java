package voiptui.tui.call.model;

import org.jspecify.annotations.Nullable;
import voiptui.tui.device.DevicePicker;
import voiptui.tui.widget.LogLines;

/**
 * What the user looks at. Immutable.
 *
 * @param page what is shown
 * @param log the log and how far it is scrolled
 * @param picker the choice of devices
 * @param quitAsked whether the question "Hang up?" is open
 * @param talkKey the key of push to talk; null: it is not held down, or the terminal does not tell
 * @param texts the texts of the call
 */
public record CallUi(
        Page page,
        LogLines log,
        DevicePicker picker,
        boolean quitAsked,
        @Nullable TalkKey talkKey,
        CallTexts texts) {

    static final CallUi FIRST =
            new CallUi(Page.OVERVIEW, LogLines.EMPTY, DevicePicker.EMPTY, false, null, CallTexts.NONE);

    /** What is shown below the call's own pane, or over everything. */
    public enum Page {
        /** The verdict, and what it rests on. */
        OVERVIEW,
        /** What is measured, in panes. */
        NUMBERS,
        /** The log at full height. */
        LOG,
        /** All counters. */
        STATISTICS,
        /** The list of keys. */
        HELP,
        /** The end of the list of keys, where the screen is too low for all of it. */
        HELP_END,
        /** Microphones and speakers to choose from. */
        DEVICES,
        /** The words that the two sides read to each other. */
        VERIFY
    }

    /** Returns a copy with another page. */
    public CallUi with(Page newPage) {
        return new CallUi(newPage, log, picker, quitAsked, talkKey, texts).read();
    }

    /** Returns a copy with another log, or the same one scrolled. */
    public CallUi with(LogLines newLog) {
        return new CallUi(page, newLog, picker, quitAsked, talkKey, texts).read();
    }

    /** Returns a copy with one more log line. */
    public CallUi with(LogLines.Line line) {
        return with(log.with(line));
    }

    /** Returns a copy with another choice of devices. */
    public CallUi with(DevicePicker newPicker) {
        return new CallUi(page, log, newPicker, quitAsked, talkKey, texts);
    }

    /** Returns a copy with the question "Hang up?" open or closed. */
    public CallUi quitAsked(boolean asked) {
        return new CallUi(page, log, picker, asked, talkKey, texts);
    }

    /** Returns a copy with the key of push to talk held down; null: released. */
    public CallUi talking(@Nullable TalkKey key) {
        return new CallUi(page, log, picker, quitAsked, key, texts);
    }

    /** Returns a copy with other texts. */
    public CallUi with(CallTexts newTexts) {
        return new CallUi(page, log, picker, quitAsked, talkKey, newTexts);
    }

    /** Returns a copy after a text has come, which is in the log already. */
    public CallUi received() {
        return showsNewest() ? this : with(texts.unread(texts.unread() + 1));
    }

    private CallUi read() {
        return showsNewest() && texts.unread() > 0 ? with(texts.unread(0)) : this;
    }

    /** Returns whether the end of the log is visible. */
    private boolean showsNewest() {
        boolean shown = page == Page.OVERVIEW || page == Page.NUMBERS || page == Page.LOG;
        return shown && log.scrolledBack() == 0;
    }
}
