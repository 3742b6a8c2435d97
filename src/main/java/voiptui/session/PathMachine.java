package voiptui.session;

import static voiptui.time.NanoClock.NS_PER_MS;

import voiptui.event.SessionEvent;
import voiptui.event.SessionEvent.MediaPath;
import voiptui.event.SessionEvent.UdpProblem;
import voiptui.protocol.BindDatagram;
import voiptui.time.NanoClock;

/**
 * Chooses the media path and decides when to try another; {@code protocol.md}, section 4.
 *
 * <p>A <em>round</em> is a bind that is repeated after 100, 200 and 400 ms until an answer says that media goes there. While
 * a call goes through UDP, a bind follows 500 ms after one that was answered and 200 ms after one that was not, so that a
 * lost packet or two do not count as a broken path.
 *
 * <p>If a call has datagrams that some paths do not carry, its binds are as long as the longest of them. So a path that loses long packets only, as one with a
 * wrong path MTU does, counts as broken for a call that needs them (RFC 8899 probes in the same way). While they are not
 * answered, short probes beside them show whether anything gets through.
 *
 * <p>Probes prove nothing about media that a middlebox treats otherwise. So if reports say that none arrives although much is
 * sent, media is tunnelled too. The relay's reports tell which leg is broken; those of the peer count only without them.
 *
 * <p>Pure: events come in with their time; actions go out through {@link PathEffects}. Owned by the path thread.
 */
final class PathMachine {

    static final long BIND_IN_CALL_MS = 500;
    static final long BIND_IDLE_MS = 15_000;
    static final long REOPEN_AFTER_MS = 1_000;
    static final long TUNNEL_AFTER_MS = 2_000;
    static final long TRY_UDP_EVERY_MS = 30_000;
    static final long REPEAT_IN_CALL_MS = 200;
    /**
     * Time in which UDP must answer after a reconnection, or in a call if it has not before the call; then media is tunnelled.
     */
    static final long GRACE_MS = 500;
    /** Datagrams up to this length are carried by every path: IPv4 requires 576 bytes with headers (RFC 791), IPv6 more. */
    static final int EVERY_PATH_BYTES = 512;

    /** Media that does not arrive for this long after a report that said so is tunnelled ... */
    static final long UNHEARD_MS = 1_500;
    /** ... if at least this much of it was sent meanwhile: a second of speech. */
    static final int UNHEARD_DATAGRAMS = 50;
    /** A path that keeps losing media is tried more and more seldom: every 30 s times two to the power of this at last. */
    private static final int MAX_BACKOFF = 4;

    /**
     * Without a tick for this long during a call outside the tunnel, which has one every 500 ms, this process or the whole
     * machine stood still: answers may wait, or were never asked for.
     */
    static final long STANDSTILL_MS = 1_000;

    private static final long[] ROUND_MS = {100, 200, 400};
    /** Cookies answered at once without media arriving; usually one, but the relay may renew it. */
    private static final int COOKIES_AT_ONCE = 3;

    private final PathEffects effects;
    private final PendingBinds outstanding = new PendingBinds();

    private boolean hasSession;
    private long session;
    private boolean sessionUp;
    private boolean inCall;
    private MediaPath path = MediaPath.NONE;
    private String ownAddress = "";

    private long counter;
    private long cookie = BindDatagram.NO_COOKIE;
    private int cookiesAtOnce;
    private long bindNs;
    private long nextBindNs;
    private int repeats;
    private boolean roundOver;
    /** Time of the last confirmation that media reaches us over UDP. */
    private long silentSinceNs;

    /** Length of the binds, in bytes. */
    private int mediaBytes = BindDatagram.MIN_BYTES;

    private boolean unanswered;
    /** Time of the first bind without an answer; meaningful while {@link #unanswered}. */
    private long unansweredSinceNs;

    private long lastMediaNs;
    private boolean mediaCame;
    private long nextReopenNs;
    private long lastTickNs;
    private boolean ticked;
    private boolean reopenAtTry;
    /** Time of the last answer to a bind that was shorter than the media. */
    private long shortAnsweredNs;

    private boolean shortAnswered;

    private final Delivery toRelay = new Delivery();
    private final Delivery fromRelay = new Delivery();
    /** Whether the relay reports, in this call. */
    private boolean relayReports;

    private long peerHeardReports;
    /** How often in this call UDP lost media and was left. */
    private int mediaLosses;

    /**
     * One direction of a call's media by UDP, since whenever counting began.
     *
     * @param sent datagrams sent
     * @param arrived datagrams arrived
     */
    record Flow(long sent, long arrived) {}

    /** Judges one direction by what is reported of it. */
    private static final class Delivery {
        private long arrived;
        private boolean isSilent;
        private long silentSinceNs;
        private long sentBefore;

        /** Takes a report; returns whether nothing has arrived for long although enough was sent. */
        boolean isLost(Flow now, long nowNs) {
            if (now.arrived != arrived) {
                arrived = now.arrived;
                isSilent = false;
            } else if (!isSilent) {
                isSilent = true;
                silentSinceNs = nowNs;
                sentBefore = now.sent;
            }
            return isSilent
                    && now.sent - sentBefore >= UNHEARD_DATAGRAMS
                    && isDue(silentSinceNs + UNHEARD_MS * NS_PER_MS, nowNs);
        }

        /** The path has changed: what was silent need not be any more. */
        void startOver() {
            isSilent = false;
        }
    }

    PathMachine(PathEffects effects) {
        this.effects = effects;
    }

    /**
     * The client signed in; binds carry {@code newSession}. A resumed session keeps its path.
     *
     * @param addressChanged whether the connection uses another local address than the UDP socket
     */
    void onSessionUp(long newSession, boolean addressChanged, long nowNs) {
        boolean isFirst = !hasSession;
        boolean isNew = isFirst || session != newSession;
        boolean wasTunnel = path == MediaPath.TUNNEL;
        sessionUp = true;
        if (isNew) {
            hasSession = true;
            session = newSession;
            counter = 0;
        }
        if (isNew && path == MediaPath.UDP || wasTunnel && !inCall) {
            go(MediaPath.NONE, "");
        } else if (wasTunnel) {
            effects.tunnel(counter);
        }
        long graceNs = graceNs(nowNs);
        silentSinceNs = isFirst ? nowNs : silentSinceNs - graceNs > 0 ? silentSinceNs : graceNs;
        nextReopenNs = nowNs + REOPEN_AFTER_MS * NS_PER_MS;
        if (isNew || addressChanged || wasTunnel) {
            reopen(nowNs);
        } else {
            beginRound(nowNs);
        }
    }

    /** Returns since when UDP would have been silent if it had only {@link #GRACE_MS} left. */
    private static long graceNs(long nowNs) {
        return nowNs - (TUNNEL_AFTER_MS - GRACE_MS) * NS_PER_MS;
    }

    /** The connection was lost; media over UDP continues. */
    void onSessionDown(long nowNs) {
        sessionUp = false;
        if (hasSession && path == MediaPath.TUNNEL) {
            beginRound(nowNs);
        }
    }

    /** Sets whether a call is in progress. */
    void setInCall(boolean on, long nowNs) {
        if (on == inCall) {
            return;
        }
        inCall = on;
        mediaBytes = BindDatagram.MIN_BYTES;
        shortAnswered = false;
        relayReports = false;
        mediaLosses = 0;
        toRelay.startOver();
        fromRelay.startOver();
        lastTickNs = nowNs;
        if (on && hasSession) {
            // Binds that nobody answered before the call are as good a sign as those in it.
            boolean isBlocked = path == MediaPath.NONE
                    && unanswered
                    && isDue(unansweredSinceNs + REOPEN_AFTER_MS * NS_PER_MS, nowNs);
            silentSinceNs = isBlocked ? graceNs(nowNs) : nowNs;
            nextReopenNs = nowNs + REOPEN_AFTER_MS * NS_PER_MS;
            beginRound(nowNs);
        }
    }

    /**
     * The call has a datagram of {@code bytes} bytes, by either path. If it is the longest so far, the path has two seconds to
     * carry one of that length.
     */
    void onMediaLength(int bytes, long nowNs) {
        int needed = Math.min(bytes, BindDatagram.MAX_BYTES);
        if (!inCall || needed <= Math.max(mediaBytes, EVERY_PATH_BYTES)) {
            return;
        }
        mediaBytes = needed;
        if (hasSession && path != MediaPath.TUNNEL) {
            beginRound(nowNs);
        }
    }

    private void beginRound(long nowNs) {
        roundOver = false;
        repeats = 0;
        cookiesAtOnce = 0;
        nextBindNs = nowNs;
    }

    /** Media arrived over UDP, so the path from the relay works even if binds are unanswered. */
    void onMedia(long nowNs) {
        lastMediaNs = nowNs;
        mediaCame = true;
    }

    /**
     * The relay reported what arrives of the call's media.
     *
     * @param up what we sent by UDP, and how much media of ours the relay has received
     * @param down how much media of the peer the relay has received, and how much came to us by UDP
     */
    void onLegs(Flow up, Flow down, long nowNs) {
        if (!relayReports) {
            relayReports = true;
            toRelay.startOver();
        }
        boolean isLost = toRelay.isLost(up, nowNs);
        if (fromRelay.isLost(down, nowNs) || isLost) {
            onMediaLost(nowNs);
        }
    }

    /**
     * The peer reported whether it has received anything of ours since its report before.
     *
     * @param sent what we have sent by UDP, in datagrams
     */
    void onPeerReport(boolean hearsUs, long sent, long nowNs) {
        if (relayReports) {
            return;
        }
        peerHeardReports += hearsUs ? 1 : 0;
        if (toRelay.isLost(new Flow(sent, peerHeardReports), nowNs)) {
            onMediaLost(nowNs);
        }
    }

    private void onMediaLost(long nowNs) {
        if (inCall && sessionUp && path == MediaPath.UDP) {
            mediaLosses++;
            takeTunnel(UdpProblem.MEDIA_LOST, nowNs);
        }
    }

    /**
     * An answer signed with the session's key arrived.
     *
     * @param bytes length of the answer; one that is shorter than the bind proves nothing
     * @param active whether media goes to the source address of the bind
     * @param address source address and port of the bind as the relay saw them
     */
    void onAnswer(long answered, int bytes, long newCookie, boolean active, String address, long nowNs) {
        if (!hasSession || !outstanding.has(answered, bytes)) {
            return;
        }
        long rttNs = nowNs - outstanding.answered(answered);
        if (bytes < mediaBytes) {
            // Sent before the call had a datagram as long as that, or a probe. Its cookie would let the relay send
            // media here.
            shortAnswered = true;
            shortAnsweredNs = nowNs;
            return;
        }
        cookie = newCookie;
        if (!active) {
            if (cookiesAtOnce < COOKIES_AT_ONCE) {
                cookiesAtOnce++;
                // The path works and the relay is about to switch to it; the next answer confirms it.
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
        if (path != MediaPath.UDP || !address.equals(ownAddress)) {
            go(MediaPath.UDP, address);
        }
    }

    private void go(MediaPath newPath, String address) {
        go(new SessionEvent.PathChanged(newPath, address));
    }

    private void go(SessionEvent.PathChanged change) {
        path = change.path();
        ownAddress = change.address();
        toRelay.startOver();
        fromRelay.startOver();
        effects.route(path);
        effects.publish(change);
    }

    private void takeTunnel(UdpProblem problem, long nowNs) {
        effects.tunnel(counter);
        outstanding.clear();
        go(SessionEvent.PathChanged.toTunnel(problem, problem == UdpProblem.LONG_PACKETS_LOST ? mediaBytes : null));
        roundOver = true;
        reopenAtTry = true;
        nextBindNs = nowNs + pauseInTunnelMs() * NS_PER_MS;
    }

    private long pauseInTunnelMs() {
        return TRY_UDP_EVERY_MS << Math.min(Math.max(0, mediaLosses - 1), MAX_BACKOFF);
    }

    /** Checks the deadlines. */
    void onTick(long nowNs) {
        boolean stoodStill = ticked && isDue(lastTickNs + STANDSTILL_MS * NS_PER_MS, nowNs);
        ticked = true;
        lastTickNs = nowNs;
        if (!hasSession) {
            return;
        }
        if (inCall && path != MediaPath.TUNNEL && stoodStill) {
            onStandstill(nowNs);
        }
        if (inCall && path != MediaPath.TUNNEL) {
            watchCall(nowNs);
        } else if (!inCall && unanswered && isDue(nextReopenNs, nowNs)) {
            // Once per round: an idle phone can wait.
            nextReopenNs = nowNs + BIND_IDLE_MS * NS_PER_MS;
            reopen(nowNs);
        }
        if (isDue(nextBindNs, nowNs)) {
            bind(nowNs);
        }
    }

    /** Asks anew whether UDP works before anything is concluded from the silence. */
    private void onStandstill(long nowNs) {
        silentSinceNs = nowNs;
        nextReopenNs = nowNs + REOPEN_AFTER_MS * NS_PER_MS;
        toRelay.startOver();
        fromRelay.startOver();
        beginRound(nowNs);
    }

    private void watchCall(long nowNs) {
        boolean isOver = isDue(silentSinceNs + TUNNEL_AFTER_MS * NS_PER_MS, nowNs);
        if (sessionUp && isOver) {
            boolean carriesShort = mediaBytes > EVERY_PATH_BYTES
                    && shortAnswered
                    && !isDue(shortAnsweredNs + REOPEN_AFTER_MS * NS_PER_MS, nowNs);
            takeTunnel(carriesShort ? UdpProblem.LONG_PACKETS_LOST : UdpProblem.BLOCKED, nowNs);
        } else if (isDue(silentSinceNs + REOPEN_AFTER_MS * NS_PER_MS, nowNs) && isDue(nextReopenNs, nowNs)) {
            long mediaMissedNs = lastMediaNs + REOPEN_AFTER_MS * NS_PER_MS;
            if (mediaCame && !isDue(mediaMissedNs, nowNs)) {
                // Media arrived until recently, as when a NAT binding is lost between two binds.
                nextReopenNs = mediaMissedNs;
            } else {
                nextReopenNs = nowNs + REOPEN_AFTER_MS * NS_PER_MS;
                if (isOver && path == MediaPath.UDP) {
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
            unansweredSinceNs = nowNs;
            if (!inCall) {
                nextReopenNs = nowNs + REOPEN_AFTER_MS * NS_PER_MS;
            }
        } else if (inCall && mediaBytes > EVERY_PATH_BYTES && path != MediaPath.TUNNEL) {
            counter++;
            outstanding.sent(counter, BindDatagram.MIN_BYTES, nowNs);
            effects.probe(counter, BindDatagram.MIN_BYTES);
        }
        counter++;
        bindNs = nowNs;
        outstanding.sent(counter, mediaBytes, nowNs);
        nextBindNs = nowNs + pauseMs() * NS_PER_MS;
        effects.bind(counter, cookie, mediaBytes);
    }

    private long pauseMs() {
        if (inCall && path == MediaPath.UDP) {
            return REPEAT_IN_CALL_MS;
        }
        if (repeats < ROUND_MS.length) {
            return ROUND_MS[repeats++];
        }
        roundOver = true;
        reopenAtTry = path == MediaPath.TUNNEL;
        return path == MediaPath.TUNNEL ? pauseInTunnelMs() : inCall ? BIND_IN_CALL_MS : BIND_IDLE_MS;
    }

    /** Returns the time until the next deadline, in nanoseconds; 0 or less if it is due. */
    long idleNs(long nowNs) {
        if (!hasSession) {
            return Long.MAX_VALUE;
        }
        long waitNs = nextBindNs - nowNs;
        if (inCall && path != MediaPath.TUNNEL) {
            waitNs = Math.min(
                    waitNs, Math.max(silentSinceNs + REOPEN_AFTER_MS * NS_PER_MS - nowNs, nextReopenNs - nowNs));
            if (sessionUp) {
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
