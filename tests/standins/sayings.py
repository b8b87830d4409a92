"""What citizens of the command line's tests say."""

LAMP = "民生東路三段的路燈壞了三天,晚上很暗"
DRAIN = "木柵路一段水溝堵住,下雨就淹水"
