package voiptui.phone;

import org.jspecify.annotations.Nullable;
import voiptui.call.CallOptions;
import voiptui.media.MediaConfig;
import voiptui.phone.peers.PeerFiles;

/**
 * The configuration of a phone.
 *
 * @param answers whether the phone takes incoming calls
 * @param autoAnswer whether it answers them at once
 * @param target whom to call at the start, a name or an IP address; the phone ends with that call. Null: nobody
 * @param call the options of its calls
 * @param sound how sound is buffered and played
 * @param anonymous what it does about callers without a certificate
 * @param files what it keeps about other people
 */
public record PhoneConfig(
        boolean answers,
        boolean autoAnswer,
        @Nullable String target,
        CallOptions call,
        MediaConfig sound,
        AnonymousCallers anonymous,
        PeerFiles files) {

    /** The configuration of a phone that rings for anonymous callers and rejects nobody. */
    public PhoneConfig(
            boolean answers, boolean autoAnswer, @Nullable String target, CallOptions call, MediaConfig sound) {
        this(answers, autoAnswer, target, call, sound, AnonymousCallers.RING, PeerFiles.NONE);
    }
}
