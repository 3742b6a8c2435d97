package voiptui.session;

import static voiptui.time.NanoClock.NS_PER_MS;

import voiptui.event.SessionEvent;
import voiptui.event.SessionEvent.MediaPath;
import voiptui.protocol.BindDatagram;
import voiptui.time.NanoClock;

/**
 * Which way media takes, and when to try another; {@code protocol.md}, section 4.
 *
 * <p>A <em>round</em> is a bind that is repeated after 100, 200 and 400 ms until an answer says that media goes there. While
 * a call goes through UDP, a bind follows 500 ms after one that was answered and 200 ms after one that was not, so that a
 * lost packet or two are not taken for the end of the path.
 *
 * <p>Pure: what happens comes in with its time, what is to be done goes out through {@link PathEffects}. Owned by the
 * path's thread.
 */
final class PathMachine {

    static final long BIND_IN_CALL_MS = 500;
    static final long BIND_IDLE_MS = 15_000;
    static final long REOPEN_AFTER_MS = 1_000;
    static final long TUNNEL_AFTER_MS = 2_000;
    static final long TRY_UDP_EVERY_MS = 30_000;
    static final long REPEAT_IN_CALL_MS = 200;
    /** What a path has to answer within that worked before, after the relay took us anew: then media is tunnelled. */
    static final long GRACE_MS = 500;

    private static final long[] ROUND_MS = {100, 200, 400};
    /** Cookies that are answered at once without media coming: one is the rule, and a relay may renew it meanwhile. */
    private static final int COOKIES_AT_ONCE = 3;

    private final PathEffects effects;
    private final PendingBinds outstanding = new PendingBinds();

    private boolean hasSession;
    private long session;
    private boolean lineUp;
    private boolean inCall;
    private MediaPath way = MediaPath.NONE;
    private String seenAs = "";

    private long counter;
    private long cookie = BindDatagram.NO_COOKIE;
    private int cookiesAtOnce;
    private long bindNs;
    private long nextBindNs;
    private int repeats;
    private boolean roundOver;
    /** Since when nothing says that media comes to us by UDP. */
    private long silentSinceNs;

    private boolean unanswered;
    private long lastMediaNs;
    private boolean mediaCame;
    private long nextReopenNs;
    private boolean reopenAtTry;

    PathMachine(PathEffects effects) {
        this.effects = effects;
    }

    /**
     * The relay took us, and will know our binds by {@code newSession}; one that we had already goes on.
     *
     * @param addressChanged whether this machine speaks from another address than the socket that there is
     */
    void onLineUp(long newSession, boolean addressChanged, long nowNs) {
        boolean isFirst = !hasSession;
        boolean isNew = isFirst || session != newSession;
        boolean wasTunnel = way == MediaPath.TUNNEL;
        lineUp = true;
        if (isNew) {
            hasSession = true;
            session = newSession;
            counter = 0;
        }
        if (isNew && way == MediaPath.UDP || wasTunnel && !inCall) {
            go(MediaPath.NONE, "");
        } else if (wasTunnel) {
            effects.tunnel(counter);
        }
        long graceNs = nowNs - (TUNNEL_AFTER_MS - GRACE_MS) * NS_PER_MS;
        silentSinceNs = isFirst ? nowNs : silentSinceNs - graceNs > 0 ? silentSinceNs : graceNs;
        nextReopenNs = nowNs + REOPEN_AFTER_MS * NS_PER_MS;
        if (isNew || addressChanged || wasTunnel) {
            reopen(nowNs);
        } else {
            beginRound(nowNs);
        }
    }

    /** There is no connection with the relay for now; UDP goes on meanwhile. */
    void onLineDown(long nowNs) {
        lineUp = false;
        if (hasSession && way == MediaPath.TUNNEL) {
            beginRound(nowNs);
        }
    }

    /** Whether a call is on. */
    void setInCall(boolean on, long nowNs) {
        if (on == inCall) {
            return;
        }
        inCall = on;
        if (on && hasSession) {
            silentSinceNs = nowNs;
            nextReopenNs = nowNs + REOPEN_AFTER_MS * NS_PER_MS;
            beginRound(nowNs);
        }
    }

    private void beginRound(long nowNs) {
        roundOver = false;
        repeats = 0;
        cookiesAtOnce = 0;
        nextBindNs = nowNs;
    }

    /** Media came by UDP: the way to us is open, whatever becomes of binds. */
    void onMedia(long nowNs) {
        lastMediaNs = nowNs;
        mediaCame = true;
    }

    /**
     * An answer came that the session's key signed.
     *
     * @param active whether media comes to the address that the bind came from
     * @param address the address and port that the relay saw it come from
     */
    void onAnswer(long answered, long newCookie, boolean active, String address, long nowNs) {
        if (!hasSession || !outstanding.has(answered)) {
            return;
        }
        long rttNs = nowNs - outstanding.answered(answered);
        cookie = newCookie;
        if (!active) {
            if (cookiesAtOnce < COOKIES_AT_ONCE) {
                cookiesAtOnce++;
                // The way is open, and the relay about to take it: a moment later it says so.
                repeats = 0;
                roundOver = false;
                nextBindNs = nowNs;
            }
            return;
        }
        unanswered = false;
        reopenAtTry = false;
        silentSinceNs = nowNs;
        nextReopenNs = nowNs + REOPEN_AFTER_MS * NS_PER_MS;
        roundOver = true;
        nextBindNs = bindNs + (inCall ? BIND_IN_CALL_MS : BIND_IDLE_MS) * NS_PER_MS;
        effects.publish(new SessionEvent.PathReading(NanoClock.toMs(rttNs)));
        if (way != MediaPath.UDP || !address.equals(seenAs)) {
            go(MediaPath.UDP, address);
        }
    }

    private void go(MediaPath newWay, String address) {
        way = newWay;
        seenAs = address;
        effects.route(newWay);
        effects.publish(new SessionEvent.PathChanged(newWay, address));
    }

    /** Time has passed. */
    void onTick(long nowNs) {
        if (!hasSession) {
            return;
        }
        if (inCall && way != MediaPath.TUNNEL) {
            watchCall(nowNs);
        } else if (!inCall && unanswered && isDue(nextReopenNs, nowNs)) {
            // Once for each round: an idle phone is in no hurry.
            nextReopenNs = nowNs + BIND_IDLE_MS * NS_PER_MS;
            reopen(nowNs);
        }
        if (isDue(nextBindNs, nowNs)) {
            bind(nowNs);
        }
    }

    private void watchCall(long nowNs) {
        boolean isOver = isDue(silentSinceNs + TUNNEL_AFTER_MS * NS_PER_MS, nowNs);
        if (lineUp && isOver) {
            effects.tunnel(counter);
            outstanding.clear();
            go(MediaPath.TUNNEL, "");
            roundOver = true;
            reopenAtTry = true;
            nextBindNs = nowNs + TRY_UDP_EVERY_MS * NS_PER_MS;
        } else if (isDue(silentSinceNs + REOPEN_AFTER_MS * NS_PER_MS, nowNs) && isDue(nextReopenNs, nowNs)) {
            long mediaMissedNs = lastMediaNs + REOPEN_AFTER_MS * NS_PER_MS;
            if (mediaCame && !isDue(mediaMissedNs, nowNs)) {
                // It came until a moment ago, as it does when the address is lost between two binds.
                nextReopenNs = mediaMissedNs;
            } else {
                nextReopenNs = nowNs + REOPEN_AFTER_MS * NS_PER_MS;
                if (isOver && way == MediaPath.UDP) {
                    go(MediaPath.NONE, "");
                }
                reopen(nowNs);
            }
        }
    }

    private void reopen(long nowNs) {
        cookie = BindDatagram.NO_COOKIE;
        outstanding.clear();
        mediaCame = false;
        effects.reopen();
        beginRound(nowNs);
    }

    private void bind(long nowNs) {
        if (roundOver) {
            beginRound(nowNs);
            if (reopenAtTry) {
                reopen(nowNs);
            }
        }
        if (!unanswered) {
            unanswered = true;
            if (!inCall) {
                nextReopenNs = nowNs + REOPEN_AFTER_MS * NS_PER_MS;
            }
        }
        counter++;
        bindNs = nowNs;
        outstanding.sent(counter, nowNs);
        nextBindNs = nowNs + pauseMs() * NS_PER_MS;
        effects.bind(counter, cookie);
    }

    private long pauseMs() {
        if (inCall && way == MediaPath.UDP) {
            return REPEAT_IN_CALL_MS;
        }
        if (repeats < ROUND_MS.length) {
            return ROUND_MS[repeats++];
        }
        roundOver = true;
        reopenAtTry = way == MediaPath.TUNNEL;
        return way == MediaPath.TUNNEL ? TRY_UDP_EVERY_MS : inCall ? BIND_IN_CALL_MS : BIND_IDLE_MS;
    }

    /** How long nothing is to be done unless something happens, in nanoseconds; 0 or less for not at all. */
    long idleNs(long nowNs) {
        if (!hasSession) {
            return Long.MAX_VALUE;
        }
        long waitNs = nextBindNs - nowNs;
        if (inCall && way != MediaPath.TUNNEL) {
            waitNs = Math.min(
                    waitNs, Math.max(silentSinceNs + REOPEN_AFTER_MS * NS_PER_MS - nowNs, nextReopenNs - nowNs));
            if (lineUp) {
                waitNs = Math.min(waitNs, silentSinceNs + TUNNEL_AFTER_MS * NS_PER_MS - nowNs);
            }
        } else if (!inCall && unanswered) {
            waitNs = Math.min(waitNs, nextReopenNs - nowNs);
        }
        return waitNs;
    }

    private static boolean isDue(long deadlineNs, long nowNs) {
        return deadlineNs - nowNs <= 0;
    }
}
