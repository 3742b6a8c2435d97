package voiptui.relay.directory;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A line of the {@code names} file.
 *
 * @param fingerprint the certificate that owns the name, as text
 * @param since the day from which on it has to be used so as not to expire, because the certificate registered it itself;
 *     null: the operator has assigned it
 */
public record NameEntry(String fingerprint, @Nullable LocalDate since) {

    /** Returns whether the name is free again if it is not used for long. */
    public boolean expires() {
        return since != null;
    }
}
