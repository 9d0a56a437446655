#include "CFacts.h"

// One line here and one in the table below for each file.
static const unsigned char models[] = {
#embed "../Knowledge/Facts/models.json"
};
static const unsigned char platforms[] = {
#embed "../Knowledge/Facts/platforms.json"
};
static const unsigned char symptoms[] = {
#embed "../Knowledge/Facts/symptoms.json"
};

const ew_fact_file* ew_fact_files(void) {
  static const ew_fact_file files[] = {
      {"models", models, sizeof models},
      {"platforms", platforms, sizeof platforms},
      {"symptoms", symptoms, sizeof symptoms},
      {0, 0, 0},
  };
  return files;
}
