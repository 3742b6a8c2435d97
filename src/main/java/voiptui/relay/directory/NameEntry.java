package voiptui.relay.directory;

/**
 * A line of the {@code names} file.
 *
 * @param fingerprint the certificate that owns the name, as text
 * @param expires whether the name is free again if it is not used for long: the certificate registered it itself, and the
 *     operator has not assigned it
 */
public record NameEntry(String fingerprint, boolean expires) {}
