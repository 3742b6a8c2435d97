package voiptui.relay.cluster.node;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import voiptui.identity.CheckedTrustManager;
import voiptui.identity.Fingerprint;
import voiptui.identity.Identity;
import voiptui.identity.SelfSignedTrustManager;

/** Accepts the certificates of the relays that the operator allows in the cluster, and no others. Any thread. */
public final class MemberTrust extends CheckedTrustManager {

    /** Longer than a session may be resumed (RFC 8446, 4.6.1: seven days): Java's servers then offer no resumption. */
    private static final int NO_TICKETS_S = 8 * 24 * 3_600;

    private static final int SHORTEST_SESSION_S = 1;

    private final SelfSignedTrustManager form = new SelfSignedTrustManager();
    private final Consumer<Fingerprint> refused;
    private volatile Set<Fingerprint> allowed = Set.of();

    /**
     * Creates a trust that allows nobody.
     *
     * @param refused receives each fingerprint that is refused; called by any thread
     */
    public MemberTrust(Consumer<Fingerprint> refused) {
        this.refused = refused;
    }

    /** Changes who is allowed. Connections that there are stay. */
    public void allow(Set<Fingerprint> members) {
        allowed = Set.copyOf(members);
    }

    /** Returns whether a relay is allowed. */
    public boolean isAllowed(Fingerprint relay) {
        return allowed.contains(relay);
    }

    /**
     * Returns the TLS context of a relay that presents {@code identity} and trusts these. Sessions are not resumed: the certificate of
     * a resumed one would not be checked again, although it may no longer be allowed.
     */
    public SSLContext context(Identity identity) {
        try {
            SSLContext context = SSLContext.getInstance(Identity.TLS_VERSION);
            context.init(new KeyManager[] {identity.keyManager()}, new TrustManager[] {this}, new SecureRandom());
            context.getServerSessionContext().setSessionTimeout(NO_TICKETS_S);
            context.getClientSessionContext().setSessionTimeout(SHORTEST_SESSION_S);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    protected void check(X509Certificate[] chain) throws CertificateException {
        form.checkServerTrusted(chain, "");
        Fingerprint shown = Fingerprint.of(chain[0]);
        if (!isAllowed(shown)) {
            refused.accept(shown);
            throw new CertificateException(shown + " is not allowed in this cluster");
        }
    }
}
