// What a heat pump's faults mean and what a householder may do; each maker numbers them differently.
import type { FaultName } from '#src/demo/profile.ts'

export const faultMeanings: Record<FaultName, { meaning: string; action: string }> = {
  controller_contact: {
    meaning: 'The room controller has lost contact with the indoor unit',
    action: 'Press any key on the controller; if it stays dark, call the installer',
  },
  outdoor_sensor: {
    meaning: 'The outdoor temperature sensor is faulty',
    action: 'Heating goes on at a fixed temperature; call the installer in office hours',
  },
  flow_sensor: {
    meaning: 'The flow temperature sensor is faulty',
    action: 'The unit stops; use the immersion heater for hot water and call the installer',
  },
  refrigerant_pressure: {
    meaning: 'The refrigerant pressure is too low',
    action: 'Leave the unit off and call the installer; do not restart it',
  },
  compressor_overload: {
    meaning: 'The compressor is overloaded and was stopped',
    action: 'Wait for 30 minutes; if the code returns, call the installer',
  },
  low_flow: {
    meaning: 'The water flow in the heating circuit is too low',
    action:
      'Open the radiator valves and read the pressure gauge; if it is below 1.0 bar or the code stays, call the installer, who cleans the strainer',
  },
  fan_blocked: {
    meaning: 'The outdoor fan is blocked or has stopped',
    action: 'Switch off at the controller; clear leaves or snow around, not inside, the unit; restart once',
  },
  cylinder_sensor: {
    meaning: 'The hot water cylinder sensor is faulty',
    action: 'Heating goes on, hot water does not; use the immersion heater and call the installer',
  },
  frost_protection: {
    meaning: 'Frost protection is active',
    action: 'No fault: leave the unit switched on; call the installer if the code is still there above 5 °C',
  },
}
