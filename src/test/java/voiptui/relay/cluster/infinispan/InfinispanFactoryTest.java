package voiptui.relay.cluster.infinispan;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jgroups.ObjectMessage;
import org.jgroups.util.ByteArrayDataInputStream;
import org.jgroups.util.ByteArrayDataOutputStream;
import org.junit.jupiter.api.Test;

class InfinispanFactoryTest {

    @Test
    void shouldRefuseSerializedObjects() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ObjectOutputStream(out).writeObject(new ArrayList<>(List.of("x")));
        ByteArrayDataOutputStream message = new ByteArrayDataOutputStream();
        new ObjectMessage(null, new ArrayList<>(List.of("x"))).writeTo(message);

        InfinispanFactory.refuseSerializedObjects();
        assertThatThrownBy(() -> new ObjectInputStream(new ByteArrayInputStream(out.toByteArray())).readObject())
                .isInstanceOf(InvalidClassException.class);
        assertThatThrownBy(() -> new ObjectMessage()
                        .readFrom(new ByteArrayDataInputStream(message.buffer(), 0, message.position())))
                .isInstanceOf(InvalidClassException.class);
    }
}
