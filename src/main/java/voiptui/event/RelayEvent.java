package voiptui.event;

import java.util.List;
import java.util.Map;

/** Facts about a relay. Addresses are texts of the form {@code 192.0.2.1:5000}, fit to print. */
public sealed interface RelayEvent extends Event {

    /** Whether it happens all the time in good health, so that a log mentions it only when asked to. */
    default boolean isRoutine() {
        return false;
    }

    /**
     * The relay listens.
     *
     * @param control where it takes control connections (TCP)
     * @param media where it takes media (UDP)
     * @param maxClients how many clients it registers at most
     */
    record Started(String control, String media, int maxClients) implements RelayEvent {
        @Override
        public String eventName() {
            return "started";
        }
    }

    /**
     * Who the relay is to those who speak the second protocol; told right after {@link Started}.
     *
     * @param fingerprint of its certificate
     */
    record RelayIdentity(String fingerprint) implements RelayEvent {
        @Override
        public String eventName() {
            return "identity";
        }
    }

    /**
     * A client registered, or registered again.
     *
     * @param client its address and announced UDP port
     * @param target the IP that it wants to talk with
     * @param again whether it replaced a registration of its own
     * @param clients how many are registered now
     */
    record ClassicRegistered(String client, String target, boolean again, int clients) implements RelayEvent {
        @Override
        public String eventName() {
            return "classic_registered";
        }
    }

    /** Two clients named each other: their media is passed on from now on. */
    record ClassicPaired(String client, String peer) implements RelayEvent {
        @Override
        public String eventName() {
            return "classic_paired";
        }
    }

    /** A client's packets come from another port than it announced: its NAT's. */
    record ClassicSourceLearned(String client, String source) implements RelayEvent {
        @Override
        public String eventName() {
            return "classic_source_learned";
        }
    }

    /** A client sent end-of-transmission or said DISCONNECT, and is forgotten. */
    record ClassicLeft(String client, int clients) implements RelayEvent {
        @Override
        public String eventName() {
            return "classic_left";
        }
    }

    /** A client sent no heartbeat for {@code silentMs}, and is forgotten. */
    record ClassicExpired(String client, long silentMs, int clients) implements RelayEvent {
        @Override
        public String eventName() {
            return "classic_expired";
        }
    }

    /**
     * A control message was answered as usual.
     *
     * @param client who sent it
     * @param request what it said, e.g. {@code HEARTBEAT}
     * @param reply what it was answered
     */
    record ClassicAnswered(String client, String request, String reply) implements RelayEvent {
        @Override
        public String eventName() {
            return "classic_answered";
        }

        @Override
        public boolean isRoutine() {
            return true;
        }
    }

    /**
     * A control message was not granted.
     *
     * @param client who sent it
     * @param reply what it was answered
     * @param why the reason, for people
     */
    record Refused(String client, String reply, String why) implements RelayEvent {
        @Override
        public String eventName() {
            return "refused";
        }
    }

    /**
     * A process of the second protocol signed in, or is back.
     *
     * @param name what it is called by
     * @param from where its connection comes from
     * @param fingerprint of its certificate
     * @param resumed whether it was known still, and goes on where it was
     * @param stations how many are signed in or may come back
     */
    record ClientSignedIn(String name, String from, String fingerprint, boolean resumed, int stations)
            implements RelayEvent {
        @Override
        public String eventName() {
            return "client_signed_in";
        }
    }

    /**
     * The connection of a station is gone; its calls go on for a while.
     *
     * @param name what it is called by
     * @param from where its connection came from
     * @param graceMs how long it may take to come back, in milliseconds
     */
    record ClientLost(String name, String from, long graceMs) implements RelayEvent {
        @Override
        public String eventName() {
            return "client_lost";
        }
    }

    /**
     * A station is forgotten.
     *
     * @param name what it was called by
     * @param from where its connection came from
     * @param lost whether it did not come back in time, rather than said so
     * @param stations how many are signed in or may come back
     */
    record ClientSignedOut(String name, String from, boolean lost, int stations) implements RelayEvent {
        @Override
        public String eventName() {
            return "client_signed_out";
        }
    }

    /**
     * Somebody was not let in.
     *
     * @param name what it wanted to be called by, made fit to print
     * @param from where its connection comes from
     * @param fingerprint of its certificate
     * @param code why, as on the wire
     */
    record SignInRefused(String name, String from, String fingerprint, String code) implements RelayEvent {
        @Override
        public String eventName() {
            return "sign_in_refused";
        }
    }

    /**
     * Phones ring.
     *
     * @param call the call's number
     * @param caller who calls: a name, or a classic client's address
     * @param callee who is called
     * @param phones how many ring
     */
    record CallRinging(String call, String caller, String callee, int phones) implements RelayEvent {
        @Override
        public String eventName() {
            return "call_ringing";
        }
    }

    /**
     * Two talk.
     *
     * @param call the call's number
     * @param caller who called
     * @param callee who took it
     * @param codec how the sound is coded
     * @param packets what the packets look like
     */
    record CallConnected(String call, String caller, String callee, String codec, String packets)
            implements RelayEvent {
        @Override
        public String eventName() {
            return "call_connected";
        }
    }

    /**
     * A call is over.
     *
     * @param call the call's number
     * @param caller who called
     * @param callee who took it, or was called
     * @param reason why, as on the wire
     * @param talkedMs how long the two were connected, in milliseconds; 0 when they never were
     */
    record CallEnded(String call, String caller, String callee, String reason, long talkedMs) implements RelayEvent {
        @Override
        public String eventName() {
            return "call_ended";
        }
    }

    /** The media of station {@code name} comes from {@code source} and goes there from now on. */
    record PathBound(String name, String source) implements RelayEvent {
        @Override
        public String eventName() {
            return "path_bound";
        }
    }

    /** The media of station {@code name} goes through its connection from now on, since UDP does not get through. */
    record TunnelUsed(String name) implements RelayEvent {
        @Override
        public String eventName() {
            return "tunnel_used";
        }
    }

    /** Something that the relay survived but its owner should know. */
    record Warning(String text) implements RelayEvent {
        @Override
        public String eventName() {
            return "warning";
        }
    }

    /** All totals of the relay, each minute when one has changed. */
    record Totals(Map<Counter, Long> counters, int clients) implements RelayEvent {
        @Override
        public String eventName() {
            return "counters";
        }
    }

    /**
     * One client, as a relay's screen shows it.
     *
     * @param client its address and announced UDP port; of one that signed in, its name and address
     * @param target the IP or name that it wants to talk with; an empty text for none
     * @param peer whom it is connected with; {@code null} while there is nobody
     * @param registeredMs time since it registered, in milliseconds
     * @param packets datagrams that came from it since it registered
     * @param bytes bytes of payload in them
     * @param silentMs time since the last of them, or since the registration if none came, in milliseconds
     */
    record ClientStatus(
            String client, String target, String peer, long registeredMs, long packets, long bytes, long silentMs) {}

    /**
     * How the relay is at this moment. Published only when somebody wants to see it.
     *
     * @param uptimeMs time since the start, in milliseconds
     * @param clients who is registered, the oldest first
     * @param counters all totals
     * @param cpuMs processor time that the process has used, in milliseconds; -1 where the system does not tell
     * @param residentBytes memory of the process; -1 where the system does not tell
     */
    record Status(
            long uptimeMs, List<ClientStatus> clients, Map<Counter, Long> counters, long cpuMs, long residentBytes)
            implements RelayEvent {
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

    /** The relay stopped; all totals over its life. */
    record Stopped(long uptimeMs, Map<Counter, Long> counters) implements RelayEvent {
        @Override
        public String eventName() {
            return "stopped";
        }
    }
}
