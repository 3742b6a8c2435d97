package voiptui.tui.phone;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import voiptui.event.PhoneEvent;
import voiptui.tui.device.Headset;
import voiptui.tui.key.Controls;
import voiptui.tui.key.Keymap;
import voiptui.tui.widget.SessionStatus;

/**
 * Everything the phone screen shows. Immutable. Times are milliseconds since 1970.
 *
 * @param setting what stays the same
 * @param nowMs the current time, as exact as anything on the screen needs it
 * @param session the session with the relay
 * @param contacts the names known to the relay, in alphabetical order
 * @param calls the call that rings, the active one, and those that are over
 * @param headset the devices of the next call
 * @param ui the page shown, the log, the selection and open questions
 * @param doNotDisturb whether incoming calls are rejected instead of ringing
 * @param stopped why the phone stopped; null: it is running
 */
record PhoneModel(
        Setting setting,
        long nowMs,
        SessionStatus session,
        List<PhoneEvent.Contact> contacts,
        PhoneCalls calls,
        Headset headset,
        PhoneUi ui,
        boolean doNotDisturb,
        PhoneEvent.@Nullable PhoneStopped stopped) {

    /** Copies the list. */
    PhoneModel {
        contacts = List.copyOf(contacts);
    }

    /**
     * What stays the same.
     *
     * @param relay the relay as the user entered it
     * @param name the name the phone asks for
     * @param ring whether the terminal's bell rings for a call
     * @param logFile path of the log file; empty if there is none
     * @param zone time zone for the times of day
     * @param startedMs when the phone started
     * @param controls how the user controls the screen
     */
    record Setting(
            String relay, String name, boolean ring, String logFile, ZoneId zone, long startedMs, Controls controls) {}

    /** Returns which key does what. */
    Keymap keys() {
        return setting.controls().keys();
    }

    /** Returns the model before the first event. */
    static PhoneModel first(Setting setting) {
        return new PhoneModel(
                setting,
                setting.startedMs(),
                SessionStatus.NONE,
                List.of(),
                PhoneCalls.NONE,
                Headset.UNKNOWN,
                PhoneUi.FIRST,
                false,
                null);
    }

    /** Returns the name the relay accepted, or the one asked for. */
    String name() {
        return session.name().isEmpty() ? setting.name() : session.name();
    }

    /** Returns the contacts that are listed, in order. */
    List<PhoneEvent.Contact> people() {
        return ui.people().rows(contacts);
    }

    /** Returns the listed contact that is selected, or the first one if that is not listed; null: none is listed. */
    PhoneEvent.@Nullable Contact selected() {
        List<PhoneEvent.Contact> people = people();
        return people.isEmpty() ? null : people.get(selectedRow(people));
    }

    /** Returns the row of the selected contact among those listed; 0 if it is not listed. */
    int selectedRow(List<PhoneEvent.Contact> people) {
        for (int i = 0; i < people.size(); i++) {
            if (people.get(i).name().equals(ui.selected())) {
                return i;
            }
        }
        return 0;
    }

    /** Returns the row of the selected recent call; 0 if it is gone, or none is selected. */
    int selectedRecent() {
        List<RecentRow> rows = calls.recent();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).call().atMs() == ui.focus().recentMs()) {
                return i;
            }
        }
        return 0;
    }

    /** Returns the name or address that keys are about: of the selected contact or the selected recent call; null: none. */
    @Nullable
    String selectedPeer() {
        if (ui.focus().isOn(PhoneUi.Pane.RECENT)) {
            return calls.recent().isEmpty()
                    ? null
                    : calls.recent().get(selectedRecent()).call().peer();
        }
        PhoneEvent.Contact contact = selected();
        return contact == null ? null : contact.name();
    }

    /** Returns a copy at another time. */
    PhoneModel at(long newNowMs) {
        return new PhoneModel(setting, newNowMs, session, contacts, calls, headset, ui, doNotDisturb, stopped);
    }

    /** Returns a copy with another session status. */
    PhoneModel with(SessionStatus newSession) {
        return new PhoneModel(setting, nowMs, newSession, contacts, calls, headset, ui, doNotDisturb, stopped);
    }

    /** Returns a copy with other contacts. */
    PhoneModel with(List<PhoneEvent.Contact> newContacts) {
        return new PhoneModel(setting, nowMs, session, newContacts, calls, headset, ui, doNotDisturb, stopped);
    }

    /** Returns a copy with other calls. */
    PhoneModel with(PhoneCalls newCalls) {
        return new PhoneModel(setting, nowMs, session, contacts, newCalls, headset, ui, doNotDisturb, stopped);
    }

    /** Returns a copy with another headset. */
    PhoneModel with(Headset newHeadset) {
        return new PhoneModel(setting, nowMs, session, contacts, calls, newHeadset, ui, doNotDisturb, stopped);
    }

    /** Returns a copy with another page, log or selection. */
    PhoneModel with(PhoneUi newUi) {
        return new PhoneModel(setting, nowMs, session, contacts, calls, headset, newUi, doNotDisturb, stopped);
    }

    /** Returns a copy that rejects incoming calls, or rings for them. */
    PhoneModel withDoNotDisturb(boolean on) {
        return new PhoneModel(setting, nowMs, session, contacts, calls, headset, ui, on, stopped);
    }

    /** Returns a copy that has stopped. */
    PhoneModel with(PhoneEvent.PhoneStopped newStopped) {
        return new PhoneModel(setting, nowMs, session, contacts, calls, headset, ui, doNotDisturb, newStopped);
    }
}
