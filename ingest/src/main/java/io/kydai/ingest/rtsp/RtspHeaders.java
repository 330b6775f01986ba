package io.kydai.ingest.rtsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A message's header fields in their order; names are compared without case. */
final class RtspHeaders {
  private record Field(String name, String value) {}

  private final List<Field> fields = new ArrayList<>();

  RtspHeaders add(String name, String value) {
    fields.add(new Field(name, value));
    return this;
  }

  /** The first value of that name. */
  Optional<String> first(String name) {
    return fields.stream()
        .filter(field -> field.name.equalsIgnoreCase(name))
        .map(Field::value)
        .findFirst();
  }

  List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.name.equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  int size() {
    return fields.size();
  }

  /** Appends one line for each field. */
  void writeTo(StringBuilder out) {
    fields.forEach(field -> out.append(field.name).append(": ").append(field.value).append("\r\n"));
  }

  /** Names only: values may be secret. */
  @Override
  public String toString() {
    return fields.stream().map(Field::name).toList().toString();
  }
}
