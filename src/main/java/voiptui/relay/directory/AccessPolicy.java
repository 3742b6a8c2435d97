package voiptui.relay.directory;

/** Who may sign in to a relay with v2. Classic clients have no certificate: {@code ClassicAccess} says who is admitted. */
public enum AccessPolicy {
    /** Everybody; a name belongs to the first certificate that signs in with it. */
    OPEN,
    /** Only certificates listed in the {@code names} file, each under its own name. */
    KNOWN
}
