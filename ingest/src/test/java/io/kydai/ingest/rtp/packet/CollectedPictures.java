package io.kydai.ingest.rtp.packet;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Keeps what a depacketiser finds, as lines that tests can compare. */
public final class CollectedPictures implements PictureReceiver {
  public final List<String> found = new ArrayList<>();
  public final List<Picture> pictures = new ArrayList<>();

  @Override
  public void onParameterSet(byte[] nal) {
    found.add("set " + HexFormat.of().formatHex(nal));
  }

  @Override
  public void onPicture(Picture picture) {
    pictures.add(picture);
    found.add(
        (picture.keyFrame() ? "key " : "picture ")
            + picture.timestamp()
            + (picture.afterLoss() ? " after loss" : "")
            + (picture.damaged() ? " damaged" : "")
            + " "
            + HexFormat.of().formatHex(picture.data()));
  }
}
