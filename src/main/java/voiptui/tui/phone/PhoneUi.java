package voiptui.tui.phone;

import org.jspecify.annotations.Nullable;
import voiptui.tui.widget.LogLines;
import voiptui.tui.widget.TextField;

/**
 * What the user looks at and does. Immutable.
 *
 * @param page what is shown between calls
 * @param selected the name of the selected contact, or the fingerprint of the selected blocked caller; null: none
 * @param focus the list that the keys act on
 * @param people which contacts are listed
 * @param dial the name or address typed so far
 * @param log the log and how far it is scrolled
 * @param quitAsked whether the question "Quit?" is open
 * @param quitting whether the phone has been told to stop
 */
record PhoneUi(
        Page page,
        @Nullable String selected,
        Focus focus,
        PeopleList people,
        DialField dial,
        LogLines log,
        boolean quitAsked,
        boolean quitting) {

    static final PhoneUi FIRST =
            new PhoneUi(Page.IDLE, null, Focus.FIRST, PeopleList.FIRST, DialField.EMPTY, LogLines.EMPTY, false, false);

    /**
     * The field for a name or an address to call. Immutable.
     *
     * @param text what is typed
     * @param problem why that cannot be called, printable; empty: nothing is known against it
     */
    record DialField(TextField text, String problem) {

        static final DialField EMPTY = new DialField(TextField.EMPTY, "");

        /** Returns the field with another text. */
        DialField typing(TextField newText) {
            return newText.equals(text) ? this : new DialField(newText, "");
        }

        /** Returns the field with the same text, which cannot be called. */
        DialField refusing(String newProblem) {
            return new DialField(text, newProblem);
        }
    }

    /** What is shown between calls. */
    enum Page {
        /** Contacts, recent calls, the headset and the end of the log. */
        IDLE,
        /** The log at full height. */
        LOG,
        /** The list of keys. */
        HELP,
        /** The end of the list of keys, where the screen is too low for all of it. */
        HELP_END,
        /** A field for a name or an address to call. */
        DIAL,
        /** The callers who are blocked. */
        BLOCKED,
        /** Microphones and speakers to choose from. */
        DEVICES
    }

    /** A list between calls. */
    enum Pane {
        /** The contacts. */
        PEOPLE,
        /** The calls that are over. */
        RECENT
    }

    /**
     * What the keys act on between calls.
     *
     * @param pane the list
     * @param recentMs when the selected recent call was, in milliseconds since 1970; 0 for the first one
     */
    record Focus(Pane pane, long recentMs) {

        static final Focus FIRST = new Focus(Pane.PEOPLE, 0);

        /** Returns whether the keys act on that list. */
        boolean isOn(Pane other) {
            return pane == other;
        }

        /** Returns a copy on another list. */
        Focus on(Pane other) {
            return new Focus(other, recentMs);
        }
    }

    /** Returns whether keys go into a text field. */
    boolean isTyping() {
        return page == Page.DIAL || isFinding();
    }

    /** Returns whether keys go into the filter of the contacts. */
    boolean isFinding() {
        return page == Page.IDLE && people.filter() != null;
    }

    /** Returns a copy with another page. */
    PhoneUi at(Page newPage) {
        DialField kept = newPage == Page.DIAL ? dial : DialField.EMPTY;
        return new PhoneUi(newPage, selected, focus, people, kept, log, quitAsked, quitting);
    }

    /** Returns a copy with another contact selected; null: none. */
    PhoneUi selecting(@Nullable String name) {
        return new PhoneUi(page, name, focus, people, dial, log, quitAsked, quitting);
    }

    /** Returns a copy whose keys act on something else. */
    PhoneUi with(Focus newFocus) {
        return new PhoneUi(page, selected, newFocus, people, dial, log, quitAsked, quitting);
    }

    /** Returns a copy with another list of contacts. */
    PhoneUi with(PeopleList newPeople) {
        return new PhoneUi(page, selected, focus, newPeople, dial, log, quitAsked, quitting);
    }

    /** Returns a copy that shows the field for a name or an address. */
    PhoneUi dialing(DialField newDial) {
        return new PhoneUi(Page.DIAL, selected, focus, people, newDial, log, quitAsked, quitting);
    }

    /** Returns a copy with another log, or the same one scrolled. */
    PhoneUi with(LogLines newLog) {
        return new PhoneUi(page, selected, focus, people, dial, newLog, quitAsked, quitting);
    }

    /** Returns a copy with the question "Quit?" open or closed. */
    PhoneUi quitAsked(boolean asked) {
        return new PhoneUi(page, selected, focus, people, dial, log, asked, quitting);
    }

    /** Returns a copy after the phone has been told to stop. */
    PhoneUi asQuitting() {
        return new PhoneUi(page, selected, focus, people, dial, log, false, true);
    }
}
