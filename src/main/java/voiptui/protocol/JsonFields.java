package voiptui.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The fields of a received JSON object. Each accessor checks the type and raises {@link InvalidMessage} if the field is
 * missing or of another kind.
 *
 * @param json the object
 */
record JsonFields(JsonObject json) {

    /** The longest text in a message, in characters. */
    static final int MAX_TEXT = 200;

    /** Returns whether the field is there. */
    boolean has(String name) {
        return json.has(name);
    }

    private JsonPrimitive primitive(String name) {
        if (json.get(name) instanceof JsonPrimitive primitive) {
            return primitive;
        }
        throw new InvalidMessage();
    }

    /** Returns a text of at most {@code maxLength} characters, without halves of surrogate pairs: UTF-8 cannot carry them. */
    String text(String name, int maxLength) {
        JsonPrimitive value = primitive(name);
        if (value.isString() && value.getAsString().length() <= maxLength && isWhole(value.getAsString())) {
            return value.getAsString();
        }
        throw new InvalidMessage();
    }

    private static boolean isWhole(String text) {
        return text.codePoints().noneMatch(code -> code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE);
    }

    /** Returns a text that matches {@code shape}. */
    String shaped(String name, Pattern shape) {
        String text = text(name, MAX_TEXT);
        if (shape.matcher(text).matches()) {
            return text;
        }
        throw new InvalidMessage();
    }

    /** Returns a whole number, not negative, from {@code least} to {@code most}. */
    long number(String name, long least, long most) {
        JsonPrimitive value = primitive(name);
        if (value.isNumber() && value.getAsString().matches("[0-9]{1,19}")) {
            long number = Long.parseLong(value.getAsString());
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new InvalidMessage();
    }

    /** Returns a truth value. */
    boolean flag(String name) {
        JsonPrimitive value = primitive(name);
        if (value.isBoolean()) {
            return value.getAsBoolean();
        }
        throw new InvalidMessage();
    }

    /** Returns the fields of an object within this one. */
    JsonFields object(String name) {
        if (json.get(name) instanceof JsonObject object) {
            return new JsonFields(object);
        }
        throw new InvalidMessage();
    }

    /** Returns a list of at most {@code most} objects. */
    List<JsonFields> objects(String name, int most) {
        List<JsonFields> objects = new ArrayList<>();
        for (JsonElement element : array(name, most)) {
            if (!(element instanceof JsonObject object)) {
                throw new InvalidMessage();
            }
            objects.add(new JsonFields(object));
        }
        return objects;
    }

    /** Returns a list of at most {@code most} texts. */
    List<String> texts(String name, int most) {
        List<String> texts = new ArrayList<>();
        for (JsonElement element : array(name, most)) {
            if (!(element instanceof JsonPrimitive primitive) || !primitive.isString()) {
                throw new InvalidMessage();
            }
            texts.add(primitive.getAsString());
        }
        return texts;
    }

    private JsonArray array(String name, int most) {
        if (json.get(name) instanceof JsonArray array && array.size() <= most) {
            return array;
        }
        throw new InvalidMessage();
    }
}
