package voiptui.audio;

import voiptui.time.NanoClock;

/** A clock that moves when somebody waits, and only then. */
public final class FakeTime implements NanoClock, FramePacer.Parker {

    /** Near the wrap of the clock, where a comparison by value would go wrong. */
    private long nowNs = Long.MAX_VALUE - 50_000_000;

    private long waitedNs;

    @Override
    public long nanoTime() {
        return nowNs;
    }

    @Override
    public void parkNanos(long ns) {
        nowNs += ns;
        waitedNs += ns;
    }

    void passMs(long ms) {
        nowNs += ms * 1_000_000;
    }

    /** Milliseconds waited since the last time this was asked. */
    public long takeWaitedMs() {
        long ms = waitedNs / 1_000_000;
        waitedNs = 0;
        return ms;
    }

    public FramePacer pacer() {
        return new FramePacer(PcmFormat.CLASSIC, this, this);
    }
}
