package voiptui.e2e;

import com.google.gson.JsonObject;
import voiptui.testkit.VoiptuiProcess;

/** Waits for the audio and media path of a client process in a call whose peer sends a tone. */
final class CallProgress {

    private static final double LOUD_DBFS = -30;

    private CallProgress() {}

    /** Waits for more packets and an audible tone. */
    static void awaitAudio(VoiptuiProcess process, long timeoutMs) {
        long endNs = System.nanoTime() + timeoutMs * 1_000_000L;
        int line = process.lines();
        long before = process.awaitEventAfter(line, timeoutMs, "network", event -> true)
                .get("packets_received")
                .getAsLong();
        process.awaitEventAfter(
                line,
                leftMs(endNs),
                "network",
                event -> event.get("packets_received").getAsLong() > before + 20);
        process.awaitEventAfter(
                process.lines(),
                leftMs(endNs),
                "speaker_level",
                level -> level.get("peak_dbfs").getAsDouble() > LOUD_DBFS);
    }

    private static long leftMs(long endNs) {
        return Math.max(1, (endNs - System.nanoTime()) / 1_000_000L);
    }

    /** Waits until the received audio is silent. */
    static void awaitSilence(VoiptuiProcess process, long timeoutMs) {
        process.awaitEventAfter(
                process.lines(),
                timeoutMs,
                "speaker_level",
                level -> level.get("peak_dbfs").getAsDouble() < -90);
    }

    /** Waits for an event after output line {@code line} that reports the media path {@code UDP} or {@code TUNNEL}. */
    static JsonObject awaitPath(VoiptuiProcess process, int line, long timeoutMs, String path, String seenAs) {
        return process.awaitEventAfter(
                line,
                timeoutMs,
                "path",
                event -> event.get("path").getAsString().equals(path)
                        && event.get("address").getAsString().startsWith(seenAs));
    }

    /** Fails if any of the processes has ended. */
    static void requireInCall(VoiptuiProcess... processes) {
        for (VoiptuiProcess process : processes) {
            if (!process.isAlive()) {
                throw new AssertionError("the call is over: " + process);
            }
        }
    }
}
