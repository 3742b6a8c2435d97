package voiptui.tui.call;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import voiptui.event.AudioDirection;
import voiptui.event.CallEvent;
import voiptui.event.CallState;
import voiptui.event.Counter;
import voiptui.tui.widget.LogLines;
import voiptui.tui.widget.SessionReading;

/**
 * What the screen of a call knows. Immutable. Times are milliseconds since 1970; 0 stands for "not yet".
 *
 * @param setting what does not change
 * @param nowMs the present, for what is counted in it
 * @param state where the call stands
 * @param calling what is spoken through what; {@code null} before the call has begun
 * @param connected what the two sides agreed on; {@code null} before, and in a classic call
 * @param microphone the way in
 * @param speaker the way out
 * @param muting whether the other side is sent silence
 * @param network how the network treats what we hear
 * @param there how it treats what the other side hears
 * @param buffer how full the jitter buffer is
 * @param relay how the relay is
 * @param line how the line to it is, where it has one
 * @param totals all counters; empty before the first reading
 * @param recording the recording that runs, or {@code null}
 * @param recordings the files that were recorded, in their order
 * @param log what happened
 * @param page what is shown
 * @param picker the choice of devices
 * @param quitAsked whether the user was asked if he means to leave
 * @param summary what is left to say, once it is over; {@code null} before
 */
public record CallModel(
        Setting setting,
        long nowMs,
        State state,
        CallEvent.Calling calling,
        CallEvent.Connected connected,
        Level microphone,
        Level speaker,
        Muting muting,
        NetworkReading network,
        PeerReading there,
        BufferReading buffer,
        RelayReading relay,
        SessionReading line,
        Map<Counter, Long> totals,
        RecordingFile recording,
        List<String> recordings,
        LogLines log,
        Page page,
        DevicePicker picker,
        boolean quitAsked,
        CallEvent.Summary summary) {

    /** What is shown below the call's own pane, or over everything. */
    public enum Page {
        /** All panes. */
        PANES,
        /** The log from top to bottom. */
        LOG,
        /** All numbers. */
        STATISTICS,
        /** Every key. */
        HELP,
        /** Microphones and speakers to choose from. */
        DEVICES
    }

    /**
     * What does not change in a call.
     *
     * @param relay the relay as the user named it
     * @param peer the peer as the user named it
     * @param logFile where the log goes; an empty string where it goes nowhere
     * @param zone for the times of day
     * @param inPhone whether there is something to go back to when it is over
     */
    public record Setting(String relay, String peer, String logFile, ZoneId zone, boolean inPhone) {}

    /**
     * Where the call stands.
     *
     * @param changed the last change
     * @param sinceMs when it came to this state, whatever attempts there were
     * @param retryAtMs when the next try is due; 0 where none is
     * @param registeredMs when the relay took us, the last time
     * @param answeredMs when the peer was first heard; how long a call has lasted counts from here
     */
    public record State(
            CallEvent.StateChanged changed, long sinceMs, long retryAtMs, long registeredMs, long answeredMs) {

        /** Its name in events. */
        public CallState name() {
            return changed.state();
        }
    }

    /**
     * How loud one direction is.
     *
     * @param direction the microphone or the speaker
     * @param device what is in use; an empty string while nothing is
     * @param problem why nothing is in use, for people; {@code null} while something is
     * @param peakDbfs the last tenth of a second
     * @param heldDbfs the peak that is held, and falls after a while
     * @param heldMs when it was that loud
     * @param clippedMs when it was last at full scale
     * @param gainDb how much louder it was made
     * @param silentSinceMs since when it has been silent for longer than it should; 0 while it has not
     * @param tonePlaying whether the test tone plays
     */
    public record Level(
            AudioDirection direction,
            String device,
            String problem,
            double peakDbfs,
            double heldDbfs,
            long heldMs,
            long clippedMs,
            double gainDb,
            long silentSinceMs,
            boolean tonePlaying) {

        static final long HOLD_MS = 1500;
        static final double FALL_DB_PER_SECOND = 20;
        static final double CLIP_DBFS = -0.1;
        static final long CLIP_SHOWN_MS = 3000;

        static Level unknown(AudioDirection direction) {
            return new Level(direction, "", null, CallEvent.SILENCE_DBFS, CallEvent.SILENCE_DBFS, 0, 0, 0, 0, false);
        }

        /** With a new reading. */
        Level with(double newPeakDbfs, long nowMs) {
            boolean higher = newPeakDbfs >= heldDbfs;
            return new Level(
                    direction,
                    device,
                    problem,
                    newPeakDbfs,
                    higher ? newPeakDbfs : heldDbfs,
                    higher ? nowMs : heldMs,
                    newPeakDbfs >= CLIP_DBFS ? nowMs : clippedMs,
                    gainDb,
                    silentSinceMs,
                    tonePlaying);
        }

        /** With the held peak fallen as far as time went on. */
        Level fallen(long fromMs, long nowMs) {
            if (nowMs - heldMs < HOLD_MS || heldDbfs <= peakDbfs) {
                return this;
            }
            double fallen = Math.max(peakDbfs, heldDbfs - FALL_DB_PER_SECOND * (nowMs - fromMs) / 1000);
            return new Level(
                    direction,
                    device,
                    problem,
                    peakDbfs,
                    fallen,
                    heldMs,
                    clippedMs,
                    gainDb,
                    silentSinceMs,
                    tonePlaying);
        }

        Level using(String newDevice, String newProblem) {
            return new Level(
                    direction,
                    newDevice,
                    newProblem,
                    peakDbfs,
                    heldDbfs,
                    heldMs,
                    clippedMs,
                    gainDb,
                    silentSinceMs,
                    tonePlaying);
        }

        Level withGain(double newGainDb) {
            return new Level(
                    direction,
                    device,
                    problem,
                    peakDbfs,
                    heldDbfs,
                    heldMs,
                    clippedMs,
                    newGainDb,
                    silentSinceMs,
                    tonePlaying);
        }

        Level silentSince(long sinceMs) {
            return new Level(
                    direction, device, problem, peakDbfs, heldDbfs, heldMs, clippedMs, gainDb, sinceMs, tonePlaying);
        }

        Level playingTone(boolean playing) {
            return new Level(
                    direction, device, problem, peakDbfs, heldDbfs, heldMs, clippedMs, gainDb, silentSinceMs, playing);
        }

        boolean isClipping(long nowMs) {
            return clippedMs > 0 && nowMs - clippedMs < CLIP_SHOWN_MS;
        }
    }

    /**
     * The mute.
     *
     * @param on whether the other side is sent silence
     * @param loudReadings how many of the latest readings of the microphone were loud meanwhile, a few at most
     */
    public record Muting(boolean on, int loudReadings) {

        static final double TALKING_DBFS = -35;
        private static final int MOST = 15;
        private static final int ENOUGH = 4;

        /** With another reading of the microphone. */
        Muting with(double peakDbfs) {
            int loud = !on
                    ? 0
                    : peakDbfs > TALKING_DBFS ? Math.min(MOST, loudReadings + 2) : Math.max(0, loudReadings - 1);
            return loud == loudReadings ? this : new Muting(on, loud);
        }

        /** Whether somebody seems to talk to nobody. */
        boolean isTalking() {
            return on && loudReadings >= ENOUGH;
        }
    }

    /**
     * A recording that runs.
     *
     * @param file its path
     * @param sinceMs when it began
     */
    public record RecordingFile(String file, long sinceMs) {}

    /** The screen before anything has happened. */
    public static CallModel first(Setting setting, long nowMs) {
        CallEvent.StateChanged connecting = new CallEvent.StateChanged(CallState.CONNECTING, 0, 0, 0, null, "");
        return new CallModel(
                setting,
                nowMs,
                new State(connecting, nowMs, 0, 0, 0),
                null,
                null,
                Level.unknown(AudioDirection.INPUT),
                Level.unknown(AudioDirection.OUTPUT),
                new Muting(false, 0),
                NetworkReading.NONE,
                PeerReading.NONE,
                BufferReading.NONE,
                RelayReading.NONE,
                SessionReading.NONE,
                Map.of(),
                null,
                List.of(),
                LogLines.EMPTY,
                Page.PANES,
                DevicePicker.EMPTY,
                false,
                null);
    }

    /** Whether leaving would end a call with somebody. */
    boolean isWithSomebody() {
        return switch (state.name()) {
            case IN_CALL, PEER_SILENT -> true;
            case RELAY_LOST -> state.answeredMs > 0;
            case CONNECTING, WAITING, RINGING, ENDED -> false;
        };
    }

    /** Whether the two sides tell each other what they hear. */
    boolean tellsBothWays() {
        return there.last() != null
                || (connected == null ? isByName() : connected.packets().equals("rtp"));
    }

    /** Whether the relay knows who is there by name. */
    boolean isByName() {
        return !line.name().isEmpty();
    }

    CallModel at(long newNowMs) {
        return changed(copy -> copy.nowMs = newNowMs);
    }

    CallModel with(State newState) {
        return changed(copy -> copy.state = newState);
    }

    CallModel with(CallEvent.Calling newCalling) {
        return changed(copy -> copy.calling = newCalling);
    }

    CallModel with(CallEvent.Connected newConnected) {
        return changed(copy -> copy.connected = newConnected);
    }

    /** With another level, of the direction that it says. */
    CallModel with(Level level) {
        return changed(copy -> {
            if (level.direction() == AudioDirection.INPUT) {
                copy.microphone = level;
            } else {
                copy.speaker = level;
            }
        });
    }

    CallModel with(Muting newMuting) {
        return changed(copy -> copy.muting = newMuting);
    }

    CallModel with(NetworkReading newNetwork) {
        return changed(copy -> copy.network = newNetwork);
    }

    CallModel with(PeerReading newThere) {
        return changed(copy -> copy.there = newThere);
    }

    CallModel with(BufferReading newBuffer) {
        return changed(copy -> copy.buffer = newBuffer);
    }

    CallModel with(RelayReading newRelay) {
        return changed(copy -> copy.relay = newRelay);
    }

    /** With how the line to the relay is. */
    public CallModel with(SessionReading newLine) {
        return changed(copy -> copy.line = newLine);
    }

    CallModel with(Map<Counter, Long> newTotals) {
        return changed(copy -> copy.totals = newTotals);
    }

    /** With what happened. */
    public CallModel with(LogLines newLog) {
        return changed(copy -> copy.log = newLog);
    }

    CallModel with(Page newPage) {
        return changed(copy -> copy.page = newPage);
    }

    CallModel with(DevicePicker newPicker) {
        return changed(copy -> copy.picker = newPicker);
    }

    CallModel with(CallEvent.Summary newSummary) {
        return changed(copy -> copy.summary = newSummary);
    }

    CallModel recording(RecordingFile newRecording, List<String> newRecordings) {
        return changed(copy -> {
            copy.recording = newRecording;
            copy.recordings = List.copyOf(newRecordings);
        });
    }

    CallModel quitAsked(boolean asked) {
        return changed(copy -> copy.quitAsked = asked);
    }

    private CallModel changed(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.model();
    }

    /** The same again, to be changed before anybody sees it. */
    private static final class Copy {
        private final Setting setting;
        private long nowMs;
        private State state;
        private CallEvent.Calling calling;
        private CallEvent.Connected connected;
        private Level microphone;
        private Level speaker;
        private Muting muting;
        private NetworkReading network;
        private PeerReading there;
        private BufferReading buffer;
        private RelayReading relay;
        private SessionReading line;
        private Map<Counter, Long> totals;
        private RecordingFile recording;
        private List<String> recordings;
        private LogLines log;
        private Page page;
        private DevicePicker picker;
        private boolean quitAsked;
        private CallEvent.Summary summary;

        private Copy(CallModel of) {
            setting = of.setting;
            nowMs = of.nowMs;
            state = of.state;
            calling = of.calling;
            connected = of.connected;
            microphone = of.microphone;
            speaker = of.speaker;
            muting = of.muting;
            network = of.network;
            there = of.there;
            buffer = of.buffer;
            relay = of.relay;
            line = of.line;
            totals = of.totals;
            recording = of.recording;
            recordings = of.recordings;
            log = of.log;
            page = of.page;
            picker = of.picker;
            quitAsked = of.quitAsked;
            summary = of.summary;
        }

        private CallModel model() {
            return new CallModel(
                    setting,
                    nowMs,
                    state,
                    calling,
                    connected,
                    microphone,
                    speaker,
                    muting,
                    network,
                    there,
                    buffer,
                    relay,
                    line,
                    totals,
                    recording,
                    recordings,
                    log,
                    page,
                    picker,
                    quitAsked,
                    summary);
        }
    }
}
