// Rules for structural, gas and electrical work a buyer might do alone, and for damage only a professional may judge.
import type { HazardRule } from '#src/answers/hazards.ts'

/** The asker means to do it, or to have it done without saying by whom. */
const INTENT =
  /\b(?:can|could|may|might|should|shall|must|would|do|does|is it|is there|are (?:we|you)|how|what if|want|wanna|going to|gonna|thinking|plan(?:ning)?|like to|love to|ok|okay|fine|safe|allowed|possible|need to|have to|myself|ourselves|yourself|d\.?i\.?y|i'?ll|i'?m|we'?re|my (?:husband|wife|dad|father|brother|partner|friend|uncle|son)|steps|instructions|guide|tell me|show me|walk me|help me|easiest way|best way|hard to|any problem|mind if|permission|instead of)\b/
const ORDINARY_ASK =
  /\b(?:warrant\w*|guarantees?|who (?:services|serviced|fitted|installed|supplied|looks after|do i (?:call|contact|ring))|how often|when (?:is|was|should|does|will)|how much|how many|where (?:is|are|can i find)|what (?:is|are|kind|type|colou?r|size|make|model)|which|included|come with|bill)\b/
const DO_IT =
  /\b(?:myself|ourselves|yourself|d\.?i\.?y|my own|on our own|without (?:a|an|calling|getting|hiring)|my (?:husband|wife|dad|father|brother|partner|friend|uncle|son))\b/

export const WORKS_RULES: readonly HazardRule[] = [
  {
    reason: 'wall_removal',
    when: /\b(?:knock\w*|tak(?:e|ing)|took|tear\w*|remov\w*|demolish\w*|mov(?:e|ing)|open(?:ing)? up|break\w*|smash\w*|cut\w*|get(?:ting)? rid of|shift\w*|hole|opening|widen\w*|strip\w*|pull\w*|rip\w*|bash\w*|com(?:e|ing) (?:out|down)|half|lower\w*|alter\w*|chas(?:e|ing)|combin\w*|merg\w*|doorway|door opening|serving hatch|hatch between|make)\b/,
    and: /\b(?:wall?s?|partitions?|chimney(?: breast)?|stud ?work|studs|pillars?|columns?|open ?plan|serving hatch|hatch between|two rooms|one (?:big |large )?room|archway|doorway(?: through)? (?:from|between|into))\b/,
    unless:
      /\b(?:wallpaper|wall ?(?:lights?|paint|tiles?|plugs?|units?|cupboards?|covering|mounted|mount)|paint|off the walls?|garden wall height|marks?|stains?|scuffs?|what (?:is|are) the walls?)\b/,
  },
  {
    reason: 'wall_removal',
    when: /\bknock(?:ing)? (?:it |them |both |straight |right |out )?(?:through|into|together)\b/,
    and: /\b(?:rooms?|kitchen|dining|living|sitting|utility|hall|bathroom|bedroom|study|garage|next door)\b/,
  },
  {
    reason: 'load_bearing',
    when: /\b(?:load[- ]?bearing|supporting wall|structural (?:wall|beam|change|alteration|work)s?)\b/,
  },
  {
    reason: 'structure_alteration',
    when: /\b(?:remov\w*|cut\w*|notch\w*|drill\w*|tak(?:e|ing)|saw\w*|mov(?:e|ing)|trim\w*|alter\w*|replac\w*|weaken\w*)\b/,
    and: /\b(?:joists?|beams?|truss(?:es)?|rafters?|lintels?|steel|rsj|purlins?|load|foundations?|floor slab|slab|stairs|staircase|banisters?|balustrade|roof timbers?|insulation boards? in the roof)\b/,
    unless: /\b(?:carpet|stair ?(?:gate|lift|carpet)|clean\w*|scratch\w*|beams? of light|stainless)\b/,
  },
  {
    reason: 'conversion',
    when: /\b(?:(?:attic|loft|garage|roof)(?:[ -]space)? conver\w*|conver\w* (?:\w+ ){0,2}(?:attic|loft|garage|roof)|(?:floor|board|board out|live in|sleep in|bedroom in|room in|office in) (?:the |my |our |up the ){0,4}(?:attic|loft)|floor(?:ing|boards?)? in (?:the|my|our) (?:attic|loft)|(?:build\w*|add\w*|put\w*|extend\w*|construct\w*) (?:\w+ ){0,3}(?:extension|dormer|conservatory|sun ?room|porch|stor(?:e)?y|balcony|velux|skylight|roof window|room over)|extend (?:the|my|our) (?:house|home|kitchen|back)|retaining wall|(?:new|bigger|larger|enlarge\w*|widen\w*|extra|another|wider) (?:\w+ )?(?:window|doorway|door opening|patio door)|brick up)\b/,
    and: INTENT,
    unless:
      /\b(?:is the (?:attic|loft) (?:floored|insulated|boarded)|new (?:window|door) (?:key|handle|lock|blind|seal)s?)\b/,
  },
  {
    reason: 'heavy_load',
    when: /\b(?:hot tub|jacuzzi|water tank|safe|swing|hammock|punch ?bag|punching bag|pull ?up bar|gym equipment|green wall|aquarium|fish tank|piano)\b/,
    and: /\b(?:balcony|ceiling|joists?|attic|loft|roof|upstairs|first floor|terrace|beam)\b/,
  },
  {
    reason: 'drilling',
    when: /\b(?:drill\w*|screw\w*|nail\w*|hammer\w*|chas(?:e|ing)|cut\w*|core)\b/,
    and: /\b(?:fuse ?(?:box|board)|consumer unit|distribution board|sockets?|light ?switch|cables?|wir(?:e|es|ing)|gas|pipes?|joists?|beams?|steel|lintel|underfloor|floor|slab|meter|electrics?|membrane|airtight\w*|external wall|outside wall|roof|chimney)\b/,
    unless: /\b(?:floor ?boards? creak|cut (?:out|off)|power cut|shortcut|cutting board|skirting)\b/,
  },
  {
    reason: 'drilling',
    when: /\b(?:hang|hanging|mount(?:ing)?|shel(?:f|ves|ving)|cabinets?|cupboards?|brackets?|hooks?|rack|mirror|picture|tv|telly)\b/,
    and: /\b(?:above|over|below|under(?:neath)?|beside|next to|on top of)(?: (?!sink)\w+){0,2} (?:fuse ?(?:box|board)|consumer unit|distribution board|electric(?:al)? (?:panel|board|box)|trip ?switch(?:es)?)\b/,
    unless: /\b(?:what(?:'s| is| are| does)?|is there|does it)\b/,
  },
  {
    reason: 'electrical_bypass',
    when: /\b(?:way a?round|get a?round|bypass\w*|by-pass\w*|overrid\w*|override|jam\w*|bridg\w*|tap(?:e|ing)|tie|hold\w*|wedg\w*|disabl\w*|defeat\w*|disconnect\w*|remov\w*|cover\w*|short (?:out|circuit)|foil|bigger|higher|stronger|larger|stop\w* .* from tripping)\b/,
    and: /\b(?:breakers?|rcds?|rcbos?|mcbs?|fuses?|trip ?switch(?:es)?|fuse ?(?:box|board)|safety (?:valve|switch|device|cut)|pressure relief|relief valve|interlock|flue|smoke (?:alarm|detector)s?|(?:co|carbon monoxide|heat|fire) (?:alarm|detector)s?|earth (?:wire|rod)|isolator|limiter|cut ?out)\b/,
    unless: /\b(?:warrant\w*|guarantee|batter(?:y|ies)|cover (?:a|the) (?:breaker|fuse)|covered by)\b/,
  },
  {
    reason: 'electrical_work',
    when: /\b(?:re-?wir(?:e|ing)|(?:do|redo|change|extend|alter|touch|fix|repair|move) (?:the |my |some |our )?(?:wiring|electrics|fuse ?(?:box|board)|consumer unit)|wir(?:e|ing) (?:up |in )?(?:a|an|the|my|our|another|some|in)\b|spur off|run (?:a|an|new|another|some|the) (?:\w+ )?(?:cable|wire)|tap into the (?:electrics|mains)|extra (?:circuit|breaker)|(?:add|new) (?:a )?circuit)\b/,
    unless:
      /\b(?:wired for|wired (?:internet|network|doorbell)|network cable|is the|are there|hdmi|broadband|ethernet|tv cable)\b/,
  },
  {
    reason: 'electrical_work',
    when: /\b(?:install\w*|add\w*|mov(?:e|ing)|chang(?:e|ing)|replac\w*|fit\w*|relocat\w*|remov\w*|swap\w*|put(?:ting)? in|connect\w*|disconnect\w*|hook up|open\w*|repair\w*|fix\w*|tak(?:e|ing) (?:off|apart|out)|splice|hard ?wire)\b/,
    and: /\b(?:sockets?|plug points?|light ?switch(?:es)?|light (?:fitting|fixture)s?|pendants?|chandeliers?|downlights?|spotlights?|dimmers?|electric shower|shower unit|fuse ?(?:box|board)|fuses?|consumer unit|breakers?|rcds?|rcbos?|mcbs?|ev charg\w*|car charger|charge ?point|inverter|immersion(?: element)?|electric(?:al)? (?:cooker|hob|oven)|cooker|hob|oven|solar panels?|home battery|heat pump|outdoor unit|electric(?:al)? meter|outside lights?|ceiling fan|extractor(?: fan)?|storage heater|hot tub)\b/,
    unless: new RegExp(
      `${ORDINARY_ASK.source}|\\b(?:light ?bulbs?|bulbs?|socket covers?|filters?|setting|settings|mode|temperature|schedule|clock|timer|error|code|e\\d+|cover|covers|clean\\w*|installed|fitted already|wi-?fi|app|programme|program|oven (?:door|light|shelf|shelves|tray)|supplier|account)\\b(?!.*${DO_IT.source})`,
    ),
  },
  {
    reason: 'gas_work',
    when: /\b(?:servic(?:e|ing)|fix\w*|repair\w*|mov(?:e|ing)|disconnect\w*|connect\w*|remov\w*|install\w*|replac\w*|chang(?:e|ing)|tak(?:e|ing) (?:\w+ ){0,3}(?:apart|off|out)|open\w*|convert\w*|cap\w*|re-?light|relocat\w*|swap\w*|extend\w*|dismantl\w*|strip\w*|fit\w*|drill\w*|block\w*|alter\w*|tamper\w*|work(?:ing)? on)\b/,
    and: /\b(?:boiler|gas (?:cooker|hob|pipe\w*|meter|fire|line|supply|appliance|oven|boiler|connection|valve|regulator)|flue|pilot light|gas)\b/,
    unless: new RegExp(
      `(?:${ORDINARY_ASK.source}|\\b(?:setting|settings|timer|clock|temperature|pressure gauge|supplier|account|name on|provider|do (?:i|we) have|does (?:the|my)|do (?:the|my)|need(?:s)? (?:a |to be )?servic\\w*|be serviced|get (?:the|my) boiler serviced|book)\\b)(?!.*${DO_IT.source})`,
    ),
    // "How do I service it" without a boiler is left to the documents.
  },
  {
    reason: 'gas_work',
    when: DO_IT,
    and: /\b(?:boiler|gas|flue|pressure relief|expansion vessel|unvented|cylinder|fuse ?(?:box|board)|electrics?|wiring|rewire|sockets?|heat pump|inverter|solar panels?|stove)\b/,
    unless: /\b(?:clean\w*|filters?|settings?|warrant\w*|temperature|timer)\b/,
  },
  {
    reason: 'gas_work',
    when: /\b(?:top\w*(?: \w+)? up|re-?fill\w*|re-?charg\w*|re-?gas\w*|fill\w*|drain\w*|vent(?:ing)?|releas\w*|add\w*|handl\w*|chang\w*)\b/,
    and: /\b(?:refrigerant|coolant|r290|r32|f-?gas)\b/,
    unless: /\b(?:which|what (?:is|type|kind)|who|how often|when|climate|environment\w*)\b/,
  },
  {
    reason: 'stove_install',
    when: /\b(?:install\w*|put(?:ting)? in|fit\w*|add\w*)\b/,
    and: /\b(?:stove|fireplace|open fire|wood ?burner|chimney|flue)\b/,
    unless: ORDINARY_ASK,
  },
  {
    reason: 'crack',
    when: /\b(?:cracks?|cracked|cracking|fissures?)\b/,
    and: /\b(?:walls?|ceilings?|plaster\w*|foundations?|floors?|brick\w*|render|house|lintel|corners?|stair\w*|slab|gable|concrete|block\w*|chimney|(?:over|above|beside|around|near) (?:the |a |my |our )?(?:\w+ )?(?:doors?|windows?|fireplace)|bedroom|hall|kitchen|landing|room|outside|safe|dangerous|structural|subsid\w*|bigger|widen\w*|growing|spread\w*)\b/,
    unless:
      /\b(?:warrant\w*|guarantees?) (?:\w+ )?(?:cover|include)|\b(?:sue|suing|solicitor|legal|compensation|court|tile|tiles|glass|screen|hob|window ?pane|sink|phone|paving|patio(?! doors?))\b|\b(?:hairline|small|fine|tiny|little|minor|shrinkage|settlement)\b(?!.*\b(?:worr\w*|safe|danger\w*|serious|structural|growing|widen\w*|bigger|getting)\b).*\b(?:normal|expect\w*|usual|fill|filler|paint|decorat\w*|warrant\w*|cover\w*|drying|dry out|touch up|common)\b|\b(?:normal|expect\w*|usual|common)\b(?!.*\b(?:worr\w*|safe|danger\w*|serious|structural|growing|widen\w*|bigger|getting)\b).*\b(?:hairline|small|fine|tiny|little|minor|shrinkage|settlement|first year)\b/,
  },
  {
    reason: 'movement',
    when: /\b(?:subsid\w*|sinking|sagg(?:ing|ed|y)|bow(?:ing|ed) (?:in|out|wall|floor)?|bulg(?:ing|ed|es?)|leaning|sloping|structurally (?:safe|sound)|house (?:is |has )?(?:moving|moved|safe|sound|stable)|(?:wall|floor|ceiling|chimney|roof|gable|stairs?|staircase|balcony|banister)s? (?:is |are |has |have |just )?(?:\w+ )?(?:moving|moved|bowing|bowed|sagging|bulging|leaning|sinking|sunk|dropped|coming away|separating|sloping))\b/,
    unless: /\b(?:sofa|mattress|bed|fence|door handle|skin|garden slop\w*|sloping (?:site|garden|ceiling))\b/,
  },
  {
    reason: 'movement',
    when: /\b(?:going to|gonna|about to|might|could|will) (?:it |they |just )?(?:fall|collapse|come (?:down|off the wall)|give way|cave in)\b/,
    and: /\b(?:ceiling|roof|walls?|floor|stairs?|staircase|balcony|chimney|gable|house|banister|joists?)\b/,
    unless: /\b(?:prices?|picture|shelf|shelves|tv|leaves|snow|rain)\b/,
  },
  {
    reason: 'mould',
    when: /\b(?:mou?ldy?|moulds|mildew|fung(?:us|i)|(?:black|green|grey|dark)(?: (?:fuzzy|furry|hairy|slimy|powdery|sooty|spotty)) \w+|black (?:stuff|spots?|patch(?:es)?|specks|dots|marks? (?:grow\w*|on)|growth|damp|fuzz|gunk)|green (?:stuff|fuzz|growth) (?:grow\w*|on the wall|inside)|spores|(?:furry|fuzzy|hairy|black|green|dark|brown|grey)(?: \w+){0,3} growing|damp (?:on|in|coming|patch|wall)|(?:wall|ceiling|corner) is damp|damp patch(?:es)?|rising damp|dry rot|wet rot)\b/,
    unless:
      /\b(?:prevent\w*|avoid\w*|reduc\w*|stop (?:mou?ld|damp) (?:from )?(?:form\w*|grow\w*|start\w*)|minimi[sz]e|mou?lding|bread|cheese|warrant\w*|resist\w*|tyre|what does the .* say)\b/,
  },
  { reason: 'asbestos', when: /\basbestos\b/ },
  {
    reason: 'roof_work',
    when: /\b(?:climb\w*|get|go|walk\w*|stand\w*|work\w*)\b(?: \w+){0,3} (?:on|onto|up on) (?:the |my |our )?roof\b/,
  },
]
