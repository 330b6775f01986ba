package io.kydai.ingest.rtsp.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A message's header fields in their order. Names are compared without regard to case. */
public final class RtspHeaders {
  private record Field(String name, String value) {}

  private final List<Field> fields = new ArrayList<>();

  /** Adds a field at the end and returns this object. */
  public RtspHeaders add(String name, String value) {
    fields.add(new Field(name, value));
    return this;
  }

  /** Returns the value of the first field with that name; empty when there is none. */
  public Optional<String> first(String name) {
    return fields.stream()
        .filter(field -> field.name.equalsIgnoreCase(name))
        .map(Field::value)
        .findFirst();
  }

  /** Returns the values of all fields with that name, in their order. */
  public List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.name.equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  /** Returns the number of fields. */
  int size() {
    return fields.size();
  }

  /** Appends one line for each field, terminated by CR LF. */
  public void writeTo(StringBuilder out) {
    fields.forEach(field -> out.append(field.name).append(": ").append(field.value).append("\r\n"));
  }

  /** Returns the names only, because values may be secret. */
  @Override
  public String toString() {
    return fields.stream().map(Field::name).toList().toString();
  }
}
