package voiptui.relay.control;

import java.util.List;
import java.util.function.Supplier;
import voiptui.identity.Succession;
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
 * @param predecessors returns how the relay's identities followed each other
 */
record ConnectionContext(
        SessionHandler sessions,
        PendingConnections pending,
        ConnectionErrors errors,
        ConnectionLimits limits,
        MessageEncoder encoder,
        Supplier<List<Succession>> predecessors,
        NanoClock clock) {}
