package voiptui.event;

import org.jspecify.annotations.Nullable;

/** Facts and readings about a client's v2 session with a relay: identity, sign-in and media path. */
public sealed interface SessionEvent extends Event {

    /** How media travels between client and relay. */
    enum MediaPath {
        /** No path has been found yet. */
        NONE,
        /** UDP. */
        UDP,
        /** Inside the TLS connection, because UDP does not carry it. */
        TUNNEL
    }

    /** Why UDP does not carry media. */
    enum UdpProblem {
        /** No datagram gets through. */
        BLOCKED,
        /** Short datagrams get through, long ones do not. */
        LONG_PACKETS_LOST,
        /** Datagrams as long as those of the call get through, but the other side reports that its media does not arrive. */
        MEDIA_LOST
    }

    /**
     * The relay presented a trusted certificate.
     *
     * @param relay the relay as the user named it
     * @param fingerprint of its certificate
     * @param isNew whether it was unknown until now and is trusted on first use
     */
    record RelayVerified(String relay, String fingerprint, boolean isNew) implements SessionEvent {
        @Override
        public String eventName() {
            return "relay_verified";
        }
    }

    /**
     * The relay presented another certificate than before, and a statement that the former one had signed: the new one is saved.
     *
     * @param relay the relay as the user named it
     * @param former the fingerprint that was saved
     * @param fingerprint the new one
     */
    record RelaySucceeded(String relay, String former, String fingerprint) implements SessionEvent {
        @Override
        public String eventName() {
            return "relay_succeeded";
        }
    }

    /**
     * The relay presented a certificate that was not saved, and a statement of one that was: another relay of the same cluster, reached under
     * the same name. The certificate is saved too.
     *
     * @param relay the relay as the user named it
     * @param voucher the fingerprint of the relay that vouches for it
     * @param fingerprint its own
     */
    record RelayVouchedFor(String relay, String voucher, String fingerprint) implements SessionEvent {
        @Override
        public String eventName() {
            return "relay_vouched_for";
        }
    }

    /**
     * The client signed in.
     *
     * @param name the name it signed in under
     * @param address the client's TCP address and port as the relay sees them; an empty string when the relay sent none
     * @param resumed whether an earlier session was resumed
     */
    record SignedIn(String name, String address, boolean resumed) implements SessionEvent {
        @Override
        public String eventName() {
            return "signed_in";
        }
    }

    /**
     * The connection to the relay was lost, or an attempt to restore it failed.
     *
     * @param problem what went wrong, for users
     * @param attempt number of failed attempts since then
     * @param retryInMs time until the next attempt, in milliseconds; 0 for none
     */
    record SessionLost(String problem, int attempt, long retryInMs) implements SessionEvent {
        @Override
        public String eventName() {
            return "session_lost";
        }
    }

    /**
     * The relay announced that it is about to stop; it takes no new calls.
     *
     * @param relay the relay as the user named it, or that the client was sent to
     * @param to the relay that it names instead, {@code HOST:PORT}; empty: none
     * @param withinMs the time after which it stops in any case, in milliseconds; 0: unknown
     */
    record RelayDraining(String relay, String to, long withinMs) implements SessionEvent {
        @Override
        public String eventName() {
            return "relay_draining";
        }
    }

    /**
     * The client uses another relay from now on: one that it was sent to, or another one that the user named.
     *
     * @param from the former relay
     * @param to the new one
     */
    record RelayChanged(String from, String to) implements SessionEvent {
        @Override
        public String eventName() {
            return "relay_changed";
        }
    }

    /**
     * The client does not use the relay that it was sent to.
     *
     * @param to that relay
     * @param problem why not, for users
     */
    record RelayNotFollowed(String to, String problem) implements SessionEvent {
        @Override
        public String eventName() {
            return "relay_not_followed";
        }
    }

    /**
     * The relay speaks only the classic protocol, so the client does too: unencrypted, unauthenticated, by IP address.
     *
     * @param relay the relay as the user named it
     */
    record FellBackToClassic(String relay) implements SessionEvent {
        @Override
        public String eventName() {
            return "fell_back_to_classic";
        }
    }

    /**
     * The relay sent a message that this version cannot use; reported once for each type.
     *
     * @param type type of the message
     * @param problem what is wrong with it, for users
     */
    record RelayMessageUnreadable(String type, String problem) implements SessionEvent {
        @Override
        public String eventName() {
            return "relay_message_unreadable";
        }
    }

    /**
     * A relay that is trusted for the first time could not be saved; it is trusted until this program ends.
     *
     * @param relay the relay as the user named it
     * @param problem why, for users
     */
    record RelayNotSaved(String relay, String problem) implements SessionEvent {
        @Override
        public String eventName() {
            return "relay_not_saved";
        }
    }

    /**
     * The media path changed.
     *
     * @param path the new path
     * @param address the source address and port of the client's datagrams as the relay sees them; empty without UDP
     * @param problem why it is not UDP; null unless the path is {@link MediaPath#TUNNEL}
     * @param lostBytes length of the datagrams that are lost; null unless that is the problem
     */
    record PathChanged(
            MediaPath path,
            String address,
            @Nullable UdpProblem problem,
            @Nullable Integer lostBytes) implements SessionEvent {

        /** A change to UDP or to no path. */
        public PathChanged(MediaPath path, String address) {
            this(path, address, null, null);
        }

        /** A change to the tunnel, because of {@code problem}. */
        public static PathChanged toTunnel(UdpProblem problem, @Nullable Integer lostBytes) {
            return new PathChanged(MediaPath.TUNNEL, "", problem, lostBytes);
        }

        @Override
        public String eventName() {
            return "path";
        }
    }

    /**
     * One way between a client and the relay, since the call began.
     *
     * @param expected packets sent
     * @param lost how many of them did not arrive
     * @param jitterMs their interarrival jitter, in milliseconds; null: unknown
     */
    record Leg(long expected, long lost, @Nullable Double jitterMs) {}

    /**
     * Where the call's packets get lost, as the relay sees it.
     *
     * @param toRelay from this client to the relay
     * @param fromRelay from the relay to this client; null: unknown
     * @param peerToRelay from the peer to the relay
     * @param relayToPeer from the relay to the peer; null: unknown
     */
    record Legs(
            Leg toRelay,
            @Nullable Leg fromRelay,
            Leg peerToRelay,
            @Nullable Leg relayToPeer) implements SessionEvent {
        @Override
        public String eventName() {
            return "legs";
        }

        @Override
        public boolean isReading() {
            return true;
        }
    }

    /**
     * A measurement of the UDP path.
     *
     * @param rttMs round trip to the relay, in milliseconds
     */
    record PathReading(double rttMs) implements SessionEvent {
        @Override
        public String eventName() {
            return "path_reading";
        }

        @Override
        public boolean isReading() {
            return true;
        }
    }
}
