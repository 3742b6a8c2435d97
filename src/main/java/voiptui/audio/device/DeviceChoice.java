package voiptui.audio.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import voiptui.audio.AudioUnavailableException;

/**
 * A device as the user asked for it: its index in the list of devices, its name, or a part of its name or description
 * that only it has. Upper and lower case are the same.
 *
 * @param text what the user wrote
 */
public record DeviceChoice(String text) {

    /**
     * Finds the one device that is meant.
     *
     * @param devices the devices there are
     * @param kind {@code microphone} or {@code speaker}, for the message
     * @throws AudioUnavailableException when no device fits, or several do
     */
    public AudioDevice find(List<AudioDevice> devices, String kind) throws AudioUnavailableException {
        String wanted = text.toLowerCase(Locale.ROOT);
        List<AudioDevice> partly = new ArrayList<>();
        for (AudioDevice device : devices) {
            if (wanted.equals(device.name().toLowerCase(Locale.ROOT))
                    || wanted.equals(Integer.toString(device.index()))) {
                return device;
            }
            if ((device.name() + " " + device.description())
                    .toLowerCase(Locale.ROOT)
                    .contains(wanted)) {
                partly.add(device);
            }
        }
        if (partly.size() == 1) {
            return partly.get(0);
        }
        String problem = partly.isEmpty()
                ? "there is no " + kind + " '" + text + "'"
                : "'" + text + "' fits " + partly.size() + " devices: name the " + kind + " in full, or by its index";
        throw new AudioUnavailableException(AudioUnavailableException.Subject.NAMED_DEVICE, problem);
    }
}
