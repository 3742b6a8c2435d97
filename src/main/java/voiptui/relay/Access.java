package voiptui.relay;

/** Whom a relay lets sign in. Classic clients show no certificate and are not concerned. */
public enum Access {
    /** Everybody; a name belongs to the first who takes it. */
    OPEN,
    /** Those whose name and fingerprint are in the relay's file of names. */
    KNOWN
}
