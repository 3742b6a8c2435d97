package voiptui.relay.directory;

/** Whom a relay lets sign in with the second protocol. Classic clients show no certificate and are not concerned. */
public enum AccessPolicy {
    /** Everybody; a name belongs to the first certificate that says it. */
    OPEN,
    /** Only certificates that stand in the file of names, each under its name. */
    KNOWN
}
