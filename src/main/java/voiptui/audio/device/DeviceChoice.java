package voiptui.audio.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import voiptui.audio.AudioUnavailableException;

/**
 * A device as the user chose it: its index in the list of devices, its name, or a part of its name or description that no
 * other device has. Case is ignored.
 *
 * @param text what the user typed
 */
public record DeviceChoice(String text) {

    /**
     * Finds the device.
     *
     * @param devices the devices that exist
     * @param kind {@code microphone} or {@code speaker}, for the message
     * @throws AudioUnavailableException when no device matches, or several do
     */
    public AudioDevice find(List<AudioDevice> devices, String kind) throws AudioUnavailableException {
        String wanted = text.toLowerCase(Locale.ROOT);
        List<AudioDevice> partial = new ArrayList<>();
        for (AudioDevice device : devices) {
            if (wanted.equals(device.name().toLowerCase(Locale.ROOT))
                    || wanted.equals(Integer.toString(device.index()))) {
                return device;
            }
            if ((device.name() + " " + device.description())
                    .toLowerCase(Locale.ROOT)
                    .contains(wanted)) {
                partial.add(device);
            }
        }
        if (partial.size() == 1) {
            return partial.get(0);
        }
        String problem = partial.isEmpty()
                ? "unknown " + kind + " '" + text + "'"
                : "'" + text + "' matches " + partial.size() + " devices; give the full name or the index";
        throw new AudioUnavailableException(AudioUnavailableException.Subject.NAMED_DEVICE, problem);
    }
}
