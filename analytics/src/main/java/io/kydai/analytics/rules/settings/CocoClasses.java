package io.kydai.analytics.rules.settings;

import java.util.Set;

/** Names that detectors give: the 80 classes of COCO (Lin et al., 2014). */
public final class CocoClasses {
  public static final Set<String> PERSON = Set.of("person");

  /** What the city's traffic rules call a vehicle, bicycles apart. */
  public static final Set<String> VEHICLES = Set.of("car", "motorcycle", "bus", "truck");

  /** What takes part in traffic on a road: the vehicles and bicycles. */
  public static final Set<String> TRAFFIC = Set.of("bicycle", "car", "motorcycle", "bus", "truck");

  public static final Set<String> NAMES =
      Set.of(
          ("person,bicycle,car,motorcycle,airplane,bus,train,truck,boat,traffic light,"
                  + "fire hydrant,stop sign,parking meter,bench,bird,cat,dog,horse,sheep,cow,"
                  + "elephant,bear,zebra,giraffe,backpack,umbrella,handbag,tie,suitcase,frisbee,"
                  + "skis,snowboard,sports ball,kite,baseball bat,baseball glove,skateboard,"
                  + "surfboard,tennis racket,bottle,wine glass,cup,fork,knife,spoon,bowl,banana,"
                  + "apple,sandwich,orange,broccoli,carrot,hot dog,pizza,donut,cake,chair,couch,"
                  + "potted plant,bed,dining table,toilet,tv,laptop,mouse,remote,keyboard,"
                  + "cell phone,microwave,oven,toaster,sink,refrigerator,book,clock,vase,scissors,"
                  + "teddy bear,hair drier,toothbrush")
              .split(","));

  private CocoClasses() {}
}
