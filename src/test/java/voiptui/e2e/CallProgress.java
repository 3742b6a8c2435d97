package voiptui.e2e;

import com.google.gson.JsonObject;
import voiptui.testkit.VoiptuiProcess;

/** What a process in a call, with a tone at the other side, says of what it hears and of the way that it takes. */
final class CallProgress {

    private static final double LOUD_DBFS = -30;

    private CallProgress() {}

    /** Waits until packets come and a tone is heard, from now on. */
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

    /** Waits until it hears nothing. */
    static void awaitSilence(VoiptuiProcess process, long timeoutMs) {
        process.awaitEventAfter(
                process.lines(),
                timeoutMs,
                "speaker_level",
                level -> level.get("peak_dbfs").getAsDouble() < -90);
    }

    /** Waits until its media takes {@code path} ({@code UDP}, {@code TUNNEL}), said after the first {@code line} lines. */
    static JsonObject awaitPath(VoiptuiProcess process, int line, long timeoutMs, String path, String seenAs) {
        return process.awaitEventAfter(
                line,
                timeoutMs,
                "path",
                event -> event.get("path").getAsString().equals(path)
                        && event.get("address").getAsString().startsWith(seenAs));
    }

    /** Fails when the call of either has ended. */
    static void requireInCall(VoiptuiProcess... processes) {
        for (VoiptuiProcess process : processes) {
            if (!process.isAlive()) {
                throw new AssertionError("the call is over: " + process);
            }
        }
    }
}
