package voiptui.media;

/** Sends reception reports to the peer. Owned by the call thread. */
@FunctionalInterface
interface ReportSender {

    /** Sends no reports: the classic protocol has none. */
    ReportSender NONE = nowMs -> {};

    /**
     * Sends a report if one is due.
     *
     * @param nowMs milliseconds on a monotonic clock
     */
    void onTick(long nowMs);
}
