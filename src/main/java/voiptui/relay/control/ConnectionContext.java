package voiptui.relay.control;

import java.util.function.Function;
import voiptui.protocol.RelayMessage;
import voiptui.relay.control.limit.ConnectionLimits;
import voiptui.relay.control.limit.PendingConnections;
import voiptui.relay.registrar.SessionHandler;
import voiptui.time.NanoClock;

/**
 * What all v2 connections share. Owned by the control thread.
 *
 * @param sessions handles what clients send
 * @param pending the connections that nobody has signed in on
 * @param errors counts and publishes what goes wrong
 * @param limits how long a connection may be silent
 * @param encoder encodes what the relay sends
 * @param proofs returns the proof for a client that has pinned another certificate, given by its fingerprint
 */
record ConnectionContext(
        SessionHandler sessions,
        PendingConnections pending,
        ConnectionErrors errors,
        ConnectionLimits limits,
        MessageEncoder encoder,
        Function<String, RelayMessage.Proof> proofs,
        NanoClock clock) {}
