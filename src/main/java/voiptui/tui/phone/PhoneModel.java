package voiptui.tui.phone;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import voiptui.event.PhoneEvent;
import voiptui.tui.call.CallModel;
import voiptui.tui.widget.LogLines;
import voiptui.tui.widget.SessionReading;

/**
 * What the screen of a phone knows. Immutable. Times are milliseconds since 1970.
 *
 * @param setting what does not change
 * @param nowMs the present, as exactly as something on the screen is counted in it
 * @param line how the line to the relay is
 * @param contacts whom the relay knows, by name
 * @param ringing who calls; {@code null} while nobody does
 * @param talk the call that is made or led; {@code null} while there is none
 * @param lastCall how the last call was, in a line; an empty string before one
 * @param missed who called in vain, the newest first
 * @param log what happened
 * @param desk what the user is about
 * @param tally how many calls there were
 * @param off why the phone is off; {@code null} while it is on
 */
record PhoneModel(
        Setting setting,
        long nowMs,
        SessionReading line,
        List<PhoneEvent.Contact> contacts,
        Ringing ringing,
        Talk talk,
        String lastCall,
        List<MissedCall> missed,
        LogLines log,
        Desk desk,
        Tally tally,
        PhoneEvent.PhoneStopped off) {

    /** As many missed calls as are kept. */
    static final int MOST_MISSED = 100;

    /** What is shown between calls. */
    enum Page {
        /** Contacts, missed calls and the end of the log. */
        IDLE,
        /** The log from top to bottom. */
        LOG,
        /** Every key. */
        HELP,
        /** A line to type into whom to call. */
        TYPING
    }

    /**
     * What does not change.
     *
     * @param relay the relay as the user named it
     * @param name what the phone wants to be called by
     * @param ring whether the terminal's bell rings for a call
     * @param logFile where the log goes; an empty string where it goes nowhere
     * @param zone for the times of day
     * @param startedMs when the phone began
     */
    record Setting(String relay, String name, boolean ring, String logFile, ZoneId zone, long startedMs) {}

    /**
     * A call that can be taken.
     *
     * @param from who calls
     * @param sinceMs since when
     * @param bellMs when the bell is due
     * @param deafUntilMs until when keys are not for it: somebody was typing as it came
     */
    record Ringing(String from, long sinceMs, long bellMs, long deafUntilMs) {

        Ringing withBell(long newBellMs) {
            return new Ringing(from, sinceMs, newBellMs, deafUntilMs);
        }
    }

    /**
     * A call that is made or led.
     *
     * @param call what its screen knows
     * @param outgoing whether it was us who called
     * @param reached whether the other side has taken it
     */
    record Talk(CallModel call, boolean outgoing, boolean reached) {

        /** Whether there is nobody to talk with yet. */
        boolean isDialing() {
            return outgoing && !reached;
        }
    }

    /**
     * Somebody who called in vain.
     *
     * @param from who
     * @param atMs when
     * @param seen whether the user has taken note
     */
    record MissedCall(String from, long atMs, boolean seen) {}

    /**
     * What the user is about.
     *
     * @param page what he looks at
     * @param marked the contact that is marked, by name; {@code null} for none
     * @param typed whom to call, as far as it is typed
     * @param quitAsked whether he was asked if he means to leave
     * @param leaving whether the phone was asked to end
     */
    record Desk(Page page, String marked, LineEdit typed, boolean quitAsked, boolean leaving) {

        static final Desk FIRST = new Desk(Page.IDLE, null, LineEdit.EMPTY, false, false);

        Desk at(Page newPage) {
            return new Desk(newPage, marked, newPage == Page.TYPING ? typed : LineEdit.EMPTY, quitAsked, leaving);
        }

        Desk marking(String name) {
            return new Desk(page, name, typed, quitAsked, leaving);
        }

        Desk typing(LineEdit newTyped) {
            return new Desk(Page.TYPING, marked, newTyped, quitAsked, leaving);
        }

        Desk asked(boolean newQuitAsked) {
            return new Desk(page, marked, typed, newQuitAsked, leaving);
        }

        Desk left() {
            return new Desk(page, marked, typed, false, true);
        }
    }

    /**
     * How many calls there were.
     *
     * @param made ones of ours
     * @param taken ones of others
     * @param missed ones of others that came to nothing
     */
    record Tally(int made, int taken, int missed) {}

    /** The screen before anything has happened. */
    static PhoneModel first(Setting setting) {
        return new PhoneModel(
                setting,
                setting.startedMs(),
                SessionReading.NONE,
                List.of(),
                null,
                null,
                "",
                List.of(),
                LogLines.EMPTY,
                Desk.FIRST,
                new Tally(0, 0, 0),
                null);
    }

    /** Where the marked contact stands in the list; -1 when none is marked, or it is not there any more. */
    int markedRow() {
        for (int i = 0; i < contacts.size(); i++) {
            if (contacts.get(i).name().equals(desk.marked())) {
                return i;
            }
        }
        return -1;
    }

    /** How many missed calls the user has not taken note of. */
    int unseen() {
        return (int) missed.stream().filter(call -> !call.seen()).count();
    }

    PhoneModel at(long newNowMs) {
        return new PhoneModel(
                setting, newNowMs, line, contacts, ringing, talk, lastCall, missed, log, desk, tally, off);
    }

    PhoneModel with(SessionReading newLine) {
        return new PhoneModel(
                setting, nowMs, newLine, contacts, ringing, talk, lastCall, missed, log, desk, tally, off);
    }

    PhoneModel withContacts(List<PhoneEvent.Contact> newContacts) {
        return new PhoneModel(
                setting, nowMs, line, List.copyOf(newContacts), ringing, talk, lastCall, missed, log, desk, tally, off);
    }

    /** With another call that rings, or none. */
    PhoneModel with(Ringing newRinging) {
        return new PhoneModel(
                setting, nowMs, line, contacts, newRinging, talk, lastCall, missed, log, desk, tally, off);
    }

    /** With another call that is led, or as far as it has come. */
    PhoneModel with(Talk newTalk) {
        return new PhoneModel(
                setting, nowMs, line, contacts, ringing, newTalk, lastCall, missed, log, desk, tally, off);
    }

    /** With no call any more, and how the last one was. */
    PhoneModel withLastCall(String words) {
        return new PhoneModel(setting, nowMs, line, contacts, ringing, null, words, missed, log, desk, tally, off);
    }

    /** With one more missed call. */
    PhoneModel withMissed(MissedCall call) {
        List<MissedCall> more = new ArrayList<>(missed.subList(0, Math.min(missed.size(), MOST_MISSED - 1)));
        more.add(0, call);
        return new PhoneModel(
                setting, nowMs, line, contacts, ringing, talk, lastCall, List.copyOf(more), log, desk, tally, off);
    }

    /** With all missed calls taken note of. */
    PhoneModel withMissedSeen() {
        List<MissedCall> seen = missed.stream()
                .map(call -> new MissedCall(call.from(), call.atMs(), true))
                .toList();
        return new PhoneModel(setting, nowMs, line, contacts, ringing, talk, lastCall, seen, log, desk, tally, off);
    }

    PhoneModel with(LogLines newLog) {
        return new PhoneModel(
                setting, nowMs, line, contacts, ringing, talk, lastCall, missed, newLog, desk, tally, off);
    }

    PhoneModel with(Desk newDesk) {
        return new PhoneModel(
                setting, nowMs, line, contacts, ringing, talk, lastCall, missed, log, newDesk, tally, off);
    }

    PhoneModel with(Tally newTally) {
        return new PhoneModel(
                setting, nowMs, line, contacts, ringing, talk, lastCall, missed, log, desk, newTally, off);
    }

    PhoneModel with(PhoneEvent.PhoneStopped newOff) {
        return new PhoneModel(
                setting, nowMs, line, contacts, ringing, talk, lastCall, missed, log, desk, tally, newOff);
    }
}
