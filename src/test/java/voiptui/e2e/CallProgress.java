package voiptui.e2e;

import com.google.gson.JsonObject;
import voiptui.testkit.Deadline;
import voiptui.testkit.VoiptuiProcess;

/** Waits for the audio and media path of a client process in a call whose peer sends a tone. */
final class CallProgress {

    private static final double LOUD_DBFS = -30;
    private static final long KEYS_MS = 20_000;

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

    /** Waits until each of these processes says that its call is encrypted end to end. */
    static void awaitEncrypted(long timeoutMs, VoiptuiProcess... processes) {
        for (VoiptuiProcess process : processes) {
            process.awaitEvent(
                    timeoutMs,
                    "encryption",
                    event -> event.get("encryption").getAsString().equals("END_TO_END"));
        }
    }

    /** Waits until each of these processes has agreed on keys {@code times} times; fails if more often, or with somebody else. */
    static void requireKeys(int times, VoiptuiProcess... processes) {
        for (VoiptuiProcess process : processes) {
            Deadline.await(KEYS_MS, () -> count(process, "media_encrypted") >= times);
            if (count(process, "media_encrypted") != times || count(process, "peer_changed") > 0) {
                throw new AssertionError("keys were agreed on " + count(process, "media_encrypted") + " times, not "
                        + times + ", or a fingerprint has changed: " + process);
            }
        }
    }

    /** Fails if anybody's fingerprint has changed, for one of these processes. */
    static void requireSamePeer(VoiptuiProcess... processes) {
        for (VoiptuiProcess process : processes) {
            if (count(process, "peer_changed") > 0) {
                throw new AssertionError("a fingerprint has changed: " + process);
            }
        }
    }

    private static long count(VoiptuiProcess process, String event) {
        return process.out().stream()
                .filter(line -> line.startsWith("{\"event\":\"" + event + "\""))
                .count();
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
