package voiptui.audio.device;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names of devices by which each can be chosen. Stateless; any thread. */
public final class DeviceNames {

    private DeviceNames() {}

    /** Returns {@code names} in the same order; of several equal ones all but the first are numbered: {@code USB Headset (2)}. */
    public static List<String> unique(List<String> names) {
        Set<String> used = new HashSet<>();
        List<String> unique = new ArrayList<>();
        for (String name : names) {
            String numbered = name;
            for (int copy = 2; !used.add(numbered); copy++) {
                numbered = name + " (" + copy + ")";
            }
            unique.add(numbered);
        }
        return unique;
    }
}
