package voiptui.relay;

/** One signed-in process of the second protocol, as the switchboard knows it. Owned by the control thread. */
final class Station {
}
