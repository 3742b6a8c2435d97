package voiptui.tui.device;

import org.jspecify.annotations.Nullable;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.Event;
import voiptui.event.PhoneEvent;
import voiptui.event.PhoneEvent.EchoTestState;
import voiptui.event.SpeechLevel;

/**
 * The microphone and the speaker of a phone between calls. Immutable. Times are milliseconds since 1970.
 *
 * @param microphone the microphone of the next call, as {@code --mic} takes it; empty: not known yet
 * @param speaker the speaker of the next call, as {@code --speaker} takes it; empty: not known yet
 * @param picker the choice of other ones
 * @param test the test in which the user hears themselves, running or the last one; null: none with these devices
 */
public record Headset(
        String microphone,
        String speaker,
        DevicePicker picker,
        @Nullable Test test) {

    /** Nothing is known yet. */
    public static final Headset UNKNOWN = new Headset("", "", DevicePicker.EMPTY, null);

    /**
     * A test.
     *
     * @param state where it is
     * @param meter what is recorded or played
     * @param level how well the microphone hears the user; null: not known
     * @param problem what went wrong; empty: nothing
     */
    public record Test(
            EchoTestState state, PeakMeter meter, @Nullable SpeechLevel level, String problem) {}

    /** Returns whether a test is running. */
    public boolean isTesting() {
        return test != null && test.state() != EchoTestState.ENDED;
    }

    /** Returns the headset after an event; the same one if the event is not about it. */
    public Headset after(Event event, long nowMs) {
        if (event instanceof PhoneEvent.Ready ready) {
            return new Headset(ready.microphone(), ready.speaker(), picker, test);
        } else if (event instanceof PhoneEvent.DeviceChosen chosen) {
            return chosen.direction() == AudioDirection.INPUT
                    ? new Headset(chosen.device(), speaker, picker, null)
                    : new Headset(microphone, chosen.device(), picker, null);
        } else if (event instanceof PhoneEvent.EchoTest changed) {
            return with(new Test(changed.state(), PeakMeter.SILENT, changed.level(), changed.problem()));
        } else if (event instanceof PhoneEvent.EchoTestLevel reading && test != null && isTesting()) {
            return with(new Test(test.state(), test.meter().with(reading.peakDbfs(), nowMs), reading.level(), ""));
        } else if (event instanceof CallEvent.DevicesListed listed) {
            return with(picker.listing(listed, microphone, speaker));
        } else if (event instanceof CallEvent.PreviewLevel reading) {
            return with(picker.hearing(reading));
        }
        return this;
    }

    /** Returns the headset with the meter of a running test fallen from {@code fromMs} to {@code nowMs}. */
    public Headset fallen(long fromMs, long nowMs) {
        if (test == null || !isTesting()) {
            return this;
        }
        PeakMeter meter = test.meter().fallen(fromMs, nowMs);
        return meter == test.meter() ? this : with(new Test(test.state(), meter, test.level(), test.problem()));
    }

    private Headset with(Test newTest) {
        return new Headset(microphone, speaker, picker, newTest);
    }

    /** Returns a copy with another choice. */
    public Headset with(DevicePicker newPicker) {
        return new Headset(microphone, speaker, newPicker, test);
    }
}
