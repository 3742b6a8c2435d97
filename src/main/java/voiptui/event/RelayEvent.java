package voiptui.event;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Facts and readings about a relay. Addresses are printable texts such as {@code 192.0.2.1:5000}.
 *
 * <p>They share a file, though it is long, because the interface is sealed: so the compiler knows all of them without a list
 * to keep. In this order: start, classic clients, v2 clients, calls, media paths, the relay itself.
 */
public sealed interface RelayEvent extends Event {

    /** Returns whether the event is routine: a log omits it unless it is verbose. */
    default boolean isRoutine() {
        return false;
    }

    /**
     * Returns who caused the event: an address, with or without a port, or a client's name; empty: the relay itself. The
     * events that others cause are limited for each of them, and published by the control thread only.
     */
    default String origin() {
        return "";
    }

    /**
     * The relay started listening.
     *
     * @param control TCP address of the control port
     * @param media UDP address of the media port
     * @param datagrams how datagrams are read and written there, in words
     * @param maxClients maximum number of clients
     */
    record Started(String control, String media, String datagrams, int maxClients) implements RelayEvent {
        @Override
        public String eventName() {
            return "started";
        }
    }

    /**
     * The certificate by which v2 clients identify the relay; follows {@link Started}.
     *
     * @param fingerprint of the certificate
     */
    record RelayIdentity(String fingerprint) implements RelayEvent {
        @Override
        public String eventName() {
            return "identity";
        }
    }

    /**
     * The relay answers monitoring by HTTP; follows {@link RelayIdentity}.
     *
     * @param address the TCP address
     */
    record MetricsServed(String address) implements RelayEvent {
        @Override
        public String eventName() {
            return "metrics";
        }
    }

    /**
     * A classic client registered, or renewed its registration.
     *
     * @param client its address and announced UDP port
     * @param target the IP address that it wants to talk to
     * @param again whether it replaced its earlier registration
     * @param clients classic clients registered now
     */
    record ClassicRegistered(String client, String target, boolean again, int clients) implements RelayEvent {
        @Override
        public String eventName() {
            return "classic_registered";
        }

        @Override
        public String origin() {
            return client;
        }
    }

    /** Two classic clients named each other; the relay forwards media between them from now on. */
    record ClassicPaired(String client, String peer) implements RelayEvent {
        @Override
        public String eventName() {
            return "classic_paired";
        }

        @Override
        public String origin() {
            return client;
        }
    }

    /** A classic client's packets come from another port than it announced: it is behind a NAT. */
    record ClassicSourceLearned(String client, String source) implements RelayEvent {
        @Override
        public String eventName() {
            return "classic_source_learned";
        }

        @Override
        public String origin() {
            return client;
        }
    }

    /** A classic client sent end-of-transmission or DISCONNECT and was removed. */
    record ClassicLeft(String client, int clients) implements RelayEvent {
        @Override
        public String eventName() {
            return "classic_left";
        }

        @Override
        public String origin() {
            return client;
        }
    }

    /** A classic client sent no heartbeat for {@code silentMs} and was removed. */
    record ClassicExpired(String client, long silentMs, int clients) implements RelayEvent {
        @Override
        public String eventName() {
            return "classic_expired";
        }

        @Override
        public String origin() {
            return client;
        }
    }

    /**
     * A classic control message was granted.
     *
     * @param client its sender
     * @param request the message, such as {@code HEARTBEAT}
     * @param reply the relay's reply
     */
    record ClassicAnswered(String client, String request, String reply) implements RelayEvent {
        @Override
        public String eventName() {
            return "classic_answered";
        }

        @Override
        public String origin() {
            return client;
        }

        @Override
        public boolean isRoutine() {
            return true;
        }
    }

    /**
     * A classic control message or a connection was refused.
     *
     * @param client its sender
     * @param reply the relay's reply
     * @param reason for users
     */
    record Refused(String client, String reply, String reason) implements RelayEvent {
        @Override
        public String eventName() {
            return "refused";
        }

        @Override
        public String origin() {
            return client;
        }
    }

    /**
     * A client signed in or resumed its session.
     *
     * @param name its name
     * @param from the source address of its connection
     * @param fingerprint of its certificate
     * @param resumed whether it resumed a session
     * @param clients clients signed in now, including those whose session may still be resumed
     */
    record ClientSignedIn(String name, String from, String fingerprint, boolean resumed, int clients)
            implements RelayEvent {
        @Override
        public String eventName() {
            return "client_signed_in";
        }

        @Override
        public String origin() {
            return from;
        }
    }

    /**
     * A client's connection was lost; its session and calls continue for a grace period.
     *
     * @param name its name
     * @param from the source address of its connection
     * @param graceMs the grace period, in milliseconds
     */
    record ClientLost(String name, String from, long graceMs) implements RelayEvent {
        @Override
        public String eventName() {
            return "client_lost";
        }

        @Override
        public String origin() {
            return from;
        }
    }

    /**
     * A client's session ended.
     *
     * @param name its name
     * @param from the source address of its connection
     * @param lost whether the grace period expired; otherwise the client signed out
     * @param clients clients signed in now, including those whose session may still be resumed
     */
    record ClientSignedOut(String name, String from, boolean lost, int clients) implements RelayEvent {
        @Override
        public String eventName() {
            return "client_signed_out";
        }

        @Override
        public String origin() {
            return from;
        }
    }

    /**
     * A client that was signed in was signed out by the operator, or because its name is no longer its own.
     *
     * @param name its name
     * @param from the source address of its connection
     * @param fingerprint of its certificate
     * @param reason for users
     */
    record ClientExpelled(String name, String from, String fingerprint, String reason) implements RelayEvent {
        @Override
        public String eventName() {
            return "client_expelled";
        }
    }

    /**
     * A sign-in was refused.
     *
     * @param name the name asked for, made printable
     * @param from the source address of the connection
     * @param fingerprint of the client's certificate
     * @param code the refusal code, as on the wire
     * @param reason for users
     */
    record SignInRefused(String name, String from, String fingerprint, String code, String reason)
            implements RelayEvent {
        @Override
        public String eventName() {
            return "sign_in_refused";
        }

        @Override
        public String origin() {
            return from;
        }
    }

    /**
     * One or more phones started ringing.
     *
     * @param call the call's identifier
     * @param caller the caller's name, or a classic client's address
     * @param callee the callee
     * @param phones number of phones ringing
     */
    record CallRinging(String call, String caller, String callee, int phones) implements RelayEvent {
        @Override
        public String eventName() {
            return "call_ringing";
        }

        @Override
        public String origin() {
            return caller;
        }
    }

    /**
     * A call was answered and connected.
     *
     * @param call the call's identifier
     * @param caller the caller
     * @param callee the callee
     * @param codec the audio codec
     * @param packets the packet format: {@code rtp} or {@code classic}
     */
    record CallConnected(String call, String caller, String callee, String codec, String packets)
            implements RelayEvent {
        @Override
        public String eventName() {
            return "call_connected";
        }

        @Override
        public String origin() {
            return caller;
        }
    }

    /**
     * A call ended.
     *
     * @param call the call's identifier
     * @param caller the caller
     * @param callee the callee
     * @param reason the reason, as on the wire
     * @param talkedMs how long the call was connected, in milliseconds; 0 if never
     */
    record CallEnded(String call, String caller, String callee, String reason, long talkedMs) implements RelayEvent {
        @Override
        public String eventName() {
            return "call_ended";
        }

        @Override
        public String origin() {
            return caller;
        }
    }

    /** Client {@code name} proved the UDP address {@code source}; its media goes there from now on. */
    record PathBound(String name, String source) implements RelayEvent {
        @Override
        public String eventName() {
            return "path_bound";
        }

        @Override
        public String origin() {
            return name;
        }
    }

    /** The media of client {@code name} is tunnelled through its TLS connection from now on. */
    record TunnelUsed(String name) implements RelayEvent {
        @Override
        public String eventName() {
            return "tunnel_used";
        }

        @Override
        public String origin() {
            return name;
        }
    }

    /**
     * Events that were not published because their origin caused too many; published once a minute for each.
     *
     * @param address the address, the IPv6 /64 or the client's name; empty: several, too many to name
     * @param kind the name of the events, such as {@code refused}
     * @param count how many there were since the last such event
     */
    record Suppressed(String address, String kind, long count) implements RelayEvent {
        @Override
        public String eventName() {
            return "suppressed";
        }
    }

    /**
     * A client sent media faster than it may; what was too much was dropped. Published once a minute for a client.
     *
     * @param client its name, or a classic client's address and announced UDP port
     * @param source the address that its datagrams came from; {@code tunnel}: its TLS connection
     * @param packets datagrams dropped since the last such event about this client, at least 1
     */
    record SenderLimited(String client, String source, long packets) implements RelayEvent {
        @Override
        public String eventName() {
            return "sender_limited";
        }
    }

    /**
     * Another relay of the cluster can be reached; its clients and this relay's can call each other.
     *
     * @param relay the address of its media
     * @param fingerprint of its certificate
     * @param program the version of its program
     */
    record RelayReached(String relay, String fingerprint, String program) implements RelayEvent {
        @Override
        public String eventName() {
            return "relay_reached";
        }
    }

    /**
     * Another relay of the cluster can no longer be reached.
     *
     * @param relay the address of its media
     * @param fingerprint of its certificate
     */
    record RelayLost(String relay, String fingerprint) implements RelayEvent {
        @Override
        public String eventName() {
            return "relay_lost";
        }
    }

    /**
     * A relay that is not allowed in the cluster has tried to join it. Published every ten seconds at most.
     *
     * @param fingerprint of its certificate
     */
    record RelayRefused(String fingerprint) implements RelayEvent {
        @Override
        public String eventName() {
            return "relay_refused";
        }
    }

    /** A problem that the relay handled and its operator should know about. */
    record Warning(String text) implements RelayEvent {
        @Override
        public String eventName() {
            return "warning";
        }
    }

    /**
     * The relay is about to stop: it takes no new clients and calls, and waits for those that there are to end.
     *
     * @param withinMs the time after which it stops in any case, in milliseconds
     * @param to the relay that clients are sent to; empty: none
     * @param clients the number of registered clients of both protocols
     */
    record Draining(long withinMs, String to, int clients) implements RelayEvent {
        @Override
        public String eventName() {
            return "draining";
        }
    }

    /**
     * Configuration, certificate, names and blocks were read again because the operator asked for it.
     *
     * @param changed the options whose new values count from now on, separated by commas; empty: none
     * @param needRestart the options whose new values count when the relay is started again; empty: none
     */
    record FilesReread(String changed, String needRestart) implements RelayEvent {
        @Override
        public String eventName() {
            return "files_reread";
        }
    }

    /** All totals of the relay; published every minute if one has changed. */
    record Totals(Map<Counter, Long> counters, int clients) implements RelayEvent {
        @Override
        public String eventName() {
            return "counters";
        }
    }

    /**
     * The status of one client, as the relay's screen shows it.
     *
     * @param client name and address; of a classic client, its address and announced UDP port
     * @param target the IP address or name that it wants to talk to; empty for none
     * @param peer the other side of its call; null: not in a call
     * @param registeredMs time since it registered or signed in, in milliseconds
     * @param packets datagrams received from it since then
     * @param bytes payload bytes in them
     * @param silentMs time since the last datagram, or since it registered if there was none, in milliseconds
     */
    record ClientStatus(
            String client,
            String target,
            @Nullable String peer,
            long registeredMs,
            long packets,
            long bytes,
            long silentMs) {}

    /**
     * The status of another relay of the cluster.
     *
     * @param relay the address of its media
     * @param fingerprint of its certificate
     * @param program the version of its program
     * @param reachable whether it can be reached
     * @param sinceMs since when that is so, in milliseconds
     * @param names how many names are signed in there
     */
    record RelayStatus(String relay, String fingerprint, String program, boolean reachable, long sinceMs, int names) {}

    /**
     * The relay's current status. Published only while a screen shows it.
     *
     * @param uptimeMs time since the start, in milliseconds
     * @param clients all clients, the oldest first
     * @param relays the other relays of the cluster; empty: none, or no cluster
     * @param counters all totals
     * @param cpuMs CPU time used by the process, in milliseconds; -1 if unknown
     * @param residentBytes resident memory of the process; -1 if unknown
     */
    record Status(
            long uptimeMs,
            List<ClientStatus> clients,
            List<RelayStatus> relays,
            Map<Counter, Long> counters,
            long cpuMs,
            long residentBytes)
            implements RelayEvent {

        /** The status of a relay that knows no others. */
        public Status(
                long uptimeMs,
                List<ClientStatus> clients,
                Map<Counter, Long> counters,
                long cpuMs,
                long residentBytes) {
            this(uptimeMs, clients, List.of(), counters, cpuMs, residentBytes);
        }

        @Override
        public String eventName() {
            return "status";
        }

        @Override
        public boolean isReading() {
            return true;
        }

        @Override
        public boolean isRoutine() {
            return true;
        }
    }

    /** The relay stopped; the totals since its start. */
    record Stopped(long uptimeMs, Map<Counter, Long> counters) implements RelayEvent {
        @Override
        public String eventName() {
            return "stopped";
        }
    }
}
