<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>GAC</name>
        <message>
            <source> (will not do)</source>
            <translation type="vanished"> (geht nicht)</translation>
        </message>
        <message>
            <source> and {} more</source>
            <extracomment>gac_qgis_plugin/worker/engine.py</extracomment>
            <translation> und {} weitere</translation>
        </message>
        <message>
            <source> seeds</source>
            <extracomment>gac_qgis_plugin/gui/compare/trust_group.py</extracomment>
            <translation> Seeds</translation>
        </message>
        <message numerus="yes">
            <source>%n SYNTHETIC file(s) were exported.</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>
                <numerusform>%n SYNTHETIC-Datei wurde exportiert.</numerusform>
                <numerusform>%n SYNTHETIC-Dateien wurden exportiert.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n assumed</source>
            <extracomment>gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>
                <numerusform>%n Annahme</numerusform>
                <numerusform>%n Annahmen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n block(s)</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>
                <numerusform>%n Block</numerusform>
                <numerusform>%n Blöcke</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n day(s) from the radar</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>
                <numerusform>%n Tag vom Radar</numerusform>
                <numerusform>%n Tage vom Radar</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n layer(s)</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>
                <numerusform>%n Layer</numerusform>
                <numerusform>%n Layer</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n map(s) marked.</source>
            <extracomment>gac_qgis_plugin/gui/layout_marks.py</extracomment>
            <translation>
                <numerusform>%n Karte gekennzeichnet.</numerusform>
                <numerusform>%n Karten gekennzeichnet.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n note(s) about this run</source>
            <extracomment>gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>
                <numerusform>%n Hinweis zu diesem Lauf</numerusform>
                <numerusform>%n Hinweise zu diesem Lauf</numerusform>
            </translation>
        </message>
        <message>
            <source>'{}' is not a number.</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>„{}“ ist keine Zahl.</translation>
        </message>
        <message>
            <source>(B08 − B04) / (B08 + B04); -0.2 to 0.9 in every stage</source>
            <extracomment>gac_qgis_plugin/styles.py</extracomment>
            <translation>(B08 − B04) / (B08 + B04); -0.2 bis 0.9 in jeder Stufe</translation>
        </message>
        <message>
            <source>(by way of {})</source>
            <translation type="vanished">(auf dem Weg über {})</translation>
        </message>
        <message>
            <source>+0.05 brighter</source>
            <extracomment>resources/styles/difference.qml</extracomment>
            <translation>+0.05 heller</translation>
        </message>
        <message>
            <source>-0.05 darker</source>
            <extracomment>resources/styles/difference.qml</extracomment>
            <translation>-0.05 dunkler</translation>
        </message>
        <message>
            <source>-0.2 contradicts the radar</source>
            <extracomment>resources/styles/agreement.qml</extracomment>
            <translation>-0.2 widerspricht dem Radar</translation>
        </message>
        <message>
            <source>-0.2 water</source>
            <extracomment>resources/styles/ndvi.qml</extracomment>
            <translation>-0.2 Wasser</translation>
        </message>
        <message>
            <source>0 all samples alike</source>
            <extracomment>resources/styles/spread.qml</extracomment>
            <translation>0 alle Stichproben gleich</translation>
        </message>
        <message>
            <source>0 as an image of another place</source>
            <extracomment>resources/styles/agreement.qml</extracomment>
            <translation>0 wie ein Bild eines anderen Ortes</translation>
        </message>
        <message>
            <source>0 no change</source>
            <extracomment>resources/styles/difference.qml</extracomment>
            <translation>0 unverändert</translation>
        </message>
        <message>
            <source>0 to 1</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>0 bis 1</translation>
        </message>
        <message>
            <source>0 to 1 (reflectance)</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>0 bis 1 (Reflexion)</translation>
        </message>
        <message>
            <source>0 to 10000</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>0 bis 10000</translation>
        </message>
        <message>
            <source>0 to 10000 (DN)</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>0 bis 10000 (DN)</translation>
        </message>
        <message>
            <source>0 to 65535</source>
            <extracomment>gac_core/contract/optical_options.py, gac_core/optical/reflectance.py</extracomment>
            <translation>0 bis 65535</translation>
        </message>
        <message>
            <source>0.05 reflectance (standard deviation)</source>
            <extracomment>resources/styles/spread.qml</extracomment>
            <translation>0.05 Reflexion (Standardabweichung)</translation>
        </message>
        <message>
            <source>0.1 bare</source>
            <extracomment>resources/styles/ndvi.qml</extracomment>
            <translation>0.1 kahl</translation>
        </message>
        <message>
            <source>0.2 rarely reached by other places</source>
            <extracomment>resources/styles/agreement.qml</extracomment>
            <translation>0.2 von anderen Orten selten erreicht</translation>
        </message>
        <message>
            <source>0.3 as real images</source>
            <extracomment>resources/styles/agreement.qml</extracomment>
            <translation>0.3 wie echte Bilder</translation>
        </message>
        <message>
            <source>0.5 or less: as half of real images' places</source>
            <extracomment>resources/styles/doubt.qml</extracomment>
            <translation>0.5 oder weniger: wie die Hälfte echter Orte</translation>
        </message>
        <message>
            <source>0.6 better than most real images</source>
            <extracomment>resources/styles/agreement.qml</extracomment>
            <translation>0.6 besser als die meisten echten Bilder</translation>
        </message>
        <message>
            <source>0.7 dense green</source>
            <extracomment>resources/styles/ndvi.qml</extracomment>
            <translation>0.7 dichtes Grün</translation>
        </message>
        <message>
            <source>0.95 as one real place in twenty</source>
            <extracomment>resources/styles/doubt.qml</extracomment>
            <translation>0.95 wie einer von zwanzig echten Orten</translation>
        </message>
        <message>
            <source>1 more than any real place</source>
            <extracomment>resources/styles/doubt.qml</extracomment>
            <translation>1 mehr als jeder echte Ort</translation>
        </message>
        <message>
            <source>1 tensor</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>1 Tensor</translation>
        </message>
        <message>
            <source>1000, from processing baseline 04.00 on</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>1000, ab Processing Baseline 04.00</translation>
        </message>
        <message>
            <source>10·log10 of amplitude</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>10·log10 der Amplitude</translation>
        </message>
        <message>
            <source>16-bit</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>16 Bit</translation>
        </message>
        <message>
            <source>1: generate</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>1: erzeugen</translation>
        </message>
        <message>
            <source>20·log10 of power</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>20·log10 der Leistung</translation>
        </message>
        <message>
            <source>2: generate, refine</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>2: erzeugen, verfeinern</translation>
        </message>
        <message>
            <source>32-bit</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>32 Bit</translation>
        </message>
        <message>
            <source>3: generate, refine, ground</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>3: erzeugen, verfeinern, verankern</translation>
        </message>
        <message>
            <source>8-bit picture</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>8-Bit-Bild</translation>
        </message>
        <message>
            <source>&lt;b&gt;Demo&lt;/b&gt; models: only to show how it works.</source>
            <translation type="vanished">&lt;b&gt;Demo&lt;/b&gt;-Modelle: sie zeigen nur, wie es geht.</translation>
        </message>
        <message>
            <source>&lt;b&gt;Everything that a run needs works.&lt;/b&gt;</source>
            <extracomment>gac_qgis_plugin/gui/diagnostics.py</extracomment>
            <translation>&lt;b&gt;Alles, was ein Lauf braucht, geht.&lt;/b&gt;</translation>
        </message>
        <message>
            <source>&lt;b&gt;Licence:&lt;/b&gt; {}</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>&lt;b&gt;Lizenz:&lt;/b&gt; {}</translation>
        </message>
        <message>
            <source>&lt;b&gt;SYNTHETIC:&lt;/b&gt; the pixels are generated by models, not observed.</source>
            <translation type="vanished">&lt;b&gt;SYNTHETIC:&lt;/b&gt; Die Pixel sind von Modellen erzeugt, nicht beobachtet.</translation>
        </message>
        <message>
            <source>&lt;b&gt;Source:&lt;/b&gt; {}</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>&lt;b&gt;Quelle:&lt;/b&gt; {}</translation>
        </message>
        <message>
            <source>&lt;b&gt;{} packages&lt;/b&gt;, exact versions, checked by their hashes: </source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>&lt;b&gt;{} Pakete&lt;/b&gt;, genaue Versionen, an ihren Prüfsummen geprüft: </translation>
        </message>
        <message>
            <source>A JSON file for catalogues that describes how the images were made</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Eine JSON-Datei für Kataloge: wie die Bilder entstanden sind</translation>
        </message>
        <message>
            <source>A Python of your own, 3.11 to 3.13; if none is named, uv finds or fetches one.</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Ein eigenes Python, 3.11 bis 3.13; ist keines genannt, findet oder holt uv eines.</translation>
        </message>
        <message>
            <source>A Python program</source>
            <translation type="vanished">Ein Python-Programm</translation>
        </message>
        <message>
            <source>A Sentinel-2 image of another date was given, and no first one.</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Ein Sentinel-2-Bild eines anderen Datums wurde angegeben, aber kein erstes.</translation>
        </message>
        <message>
            <source>A batch has no such options: {}.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>Ein Stapel hat keine solchen Optionen: {}.</translation>
        </message>
        <message>
            <source>A bundle's own weights are {} files. Ask whoever made it.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>Eigene Gewichte eines Pakets sind {}-Dateien. Fragen Sie, wer es gemacht hat.</translation>
        </message>
        <message>
            <source>A clear image of another date guides where the first is cloudy</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Ein klares Bild eines anderen Datums führt, wo das erste bewölkt ist</translation>
        </message>
        <message>
            <source>A damaged download is fetched again. If it stays damaged, do not use that server; if you trust the new file, `gac models delete --forget` forgets the first one's hash.</source>
            <extracomment>gac_core/store/download.py</extracomment>
            <translation>Ein beschädigter Download wird neu geholt. Bleibt es so, verwenden Sie diesen Server nicht; trauen Sie der neuen Datei, vergisst `gac models delete --forget` die Prüfsumme der ersten.</translation>
        </message>
        <message>
            <source>A file could not be written or replaced.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Eine Datei konnte nicht geschrieben oder ersetzt werden.</translation>
        </message>
        <message>
            <source>A file in place of a result was kept as {}.</source>
            <extracomment>gac_core/engine/stage_runner.py</extracomment>
            <translation>Was an der Stelle eines Ergebnisses lag, wurde als {} behalten.</translation>
        </message>
        <message>
            <source>A folder with models</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Ein Ordner mit Modellen</translation>
        </message>
        <message>
            <source>A graphics card is many times faster.</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Eine Grafikkarte ist um ein Vielfaches schneller.</translation>
        </message>
        <message>
            <source>A horizontal line (H) instead of a vertical one (V)</source>
            <translation type="vanished">Eine waagerechte Linie (H) statt einer senkrechten (V)</translation>
        </message>
        <message>
            <source>A layer for each band, all of one date</source>
            <extracomment>gac_qgis_plugin/gui/layer_combo.py</extracomment>
            <translation>Je Kanal ein Layer, alle von einem Datum</translation>
        </message>
        <message>
            <source>A layer that shows what stage {} changed: red is brighter, blue darker</source>
            <translation type="vanished">Ein Layer, der zeigt, was Stufe {} verändert hat: Rot ist heller, Blau dunkler</translation>
        </message>
        <message>
            <source>A layer that shows where stage {} contradicts the radar: red agrees no more than an image of another place, blue as real images do; see-through where the radar shows nothing to judge by</source>
            <translation type="vanished">Ein Layer, der zeigt, wo Stufe {} dem Radar widerspricht: Rot stimmt nicht besser überein als ein Bild eines anderen Ortes, Blau so gut wie echte Bilder; durchsichtig, wo das Radar nichts zeigt, woran man urteilen könnte</translation>
        </message>
        <message>
            <source>A layer that shows where the network that stage 3 was trained against doubts stage {}: see-through where it doubts no more than half of real images' places, orange as one in twenty of them, purple more than any. It is no probability of error.</source>
            <translation type="vanished">Ein Layer, der zeigt, wo das Netz, gegen das Stufe 3 trainiert wurde, an Stufe {} zweifelt: durchsichtig, wo es nicht mehr zweifelt als an der Hälfte der Orte echter Bilder, orange wie an einem von zwanzig, violett mehr als an jedem. Das ist keine Fehlerwahrscheinlichkeit.</translation>
        </message>
        <message>
            <source>A layer with reflectance, such as a Sentinel-2 image or another run's stage</source>
            <extracomment>gac_qgis_plugin/gui/compare/range_choice.py</extracomment>
            <translation>Ein Layer mit Reflexion, etwa ein Sentinel-2-Bild oder eine Stufe eines anderen Laufs</translation>
        </message>
        <message>
            <source>A line is a scene: one file, or VV's and VH's with a tab between them.</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>Eine Zeile ist eine Szene: eine Datei, oder die von VV und VH mit einem Tabulator dazwischen.</translation>
        </message>
        <message>
            <source>A map here shows generated images without a mark.</source>
            <extracomment>gac_qgis_plugin/gui/layout_marks.py</extracomment>
            <translation>Eine Karte hier zeigt erzeugte Bilder ohne Kennzeichnung.</translation>
        </message>
        <message>
            <source>A mirror may lack it: choose another one, or none. Else update GAC.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Ein Spiegelserver hat sie vielleicht nicht: Wählen Sie einen anderen oder keinen. Sonst aktualisieren Sie GAC.</translation>
        </message>
        <message>
            <source>A mirror may lag behind: choose another one, or none. Else update GAC.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Ein Spiegelserver hinkt vielleicht nach: Wählen Sie einen anderen oder keinen. Sonst aktualisieren Sie GAC.</translation>
        </message>
        <message>
            <source>A model of yours: {}</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>Ein Modell von Ihnen: {}</translation>
        </message>
        <message>
            <source>A nodata value in addition to the file's own</source>
            <translation type="vanished">Ein Wert, der keine Messung ist, zusätzlich zu dem, was die Datei selbst sagt</translation>
        </message>
        <message>
            <source>A number of workers was given, and a scheduler, which has its own.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Es wurde eine Zahl von Workern angegeben und ein Scheduler, der eigene hat.</translation>
        </message>
        <message>
            <source>A package</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Ein Paket</translation>
        </message>
        <message>
            <source>A radar file without a name was given.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Eine Radardatei ohne Namen wurde angegeben.</translation>
        </message>
        <message>
            <source>A raster that is 0 where it is clear, or polygons of clouds</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Ein Raster, 0 wo es klar ist, oder Polygone der Wolken</translation>
        </message>
        <message>
            <source>A rectangle in the units of its CRS; only what it covers</source>
            <translation type="vanished">Ein Rechteck in den Einheiten seines KBS; nur, was es bedeckt</translation>
        </message>
        <message>
            <source>A result in {} cannot be read again: {}.</source>
            <translation type="vanished">Ein Ergebnis in {} kann nicht wieder gelesen werden: {}.</translation>
        </message>
        <message>
            <source>A run is in progress. Cancel it or wait for it to end, then remove.</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>Ein Lauf ist im Gange. Brechen Sie ihn ab oder lassen Sie ihn enden, und entfernen Sie danach.</translation>
        </message>
        <message>
            <source>A run takes one or two radar files, {} were given.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Ein Lauf nimmt eine oder zwei Radardateien, angegeben wurden {}.</translation>
        </message>
        <message>
            <source>A run's files: {}</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>Dateien eines Laufs: {}</translation>
        </message>
        <message>
            <source>A scene is one or two files, {} were given.</source>
            <extracomment>gac_core/scene/scene.py</extracomment>
            <translation>Eine Szene besteht aus einer oder zwei Dateien, angegeben wurden {}.</translation>
        </message>
        <message>
            <source>A score has no such options: {}.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>Eine Bewertung hat keine solchen Optionen: {}.</translation>
        </message>
        <message>
            <source>A spread needs two samples at least.</source>
            <extracomment>gac_core/engine/spread.py</extracomment>
            <translation>Eine Streuung braucht mindestens zwei Stichproben.</translation>
        </message>
        <message>
            <source>A worker's process ended while it started.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Ein Arbeitsprozess endete, während er startete.</translation>
        </message>
        <message>
            <source>Accept the licence on its page there, make a token that may read, and give it: HF_TOKEN, or Models in QGIS.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Nehmen Sie dort auf der Seite die Lizenz an, erzeugen Sie ein Token mit Leserecht und geben Sie es an: HF_TOKEN oder Modelle in QGIS.</translation>
        </message>
        <message>
            <source>Acquired</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>Aufnahme</translation>
        </message>
        <message>
            <source>Across</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Quer</translation>
        </message>
        <message>
            <source>Add --replace to replace it, or choose another folder with --out.</source>
            <extracomment>gac_core/store/integrity.py</extracomment>
            <translation>Mit --replace wird es ersetzt; oder mit --out einen anderen Ordner wählen.</translation>
        </message>
        <message>
            <source>Add a Sentinel-1 scene (VV and VH) to the project: Layer, Add Layer, Add Raster Layer.</source>
            <translation type="vanished">Eine Sentinel-1-Szene (VV und VH) zum Projekt hinzufügen: Layer, Layer hinzufügen, Rasterlayer hinzufügen.</translation>
        </message>
        <message>
            <source>Add it to the project without them. Or: {}</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Den Layer ohne sie zum Projekt hinzufügen. Oder: {}</translation>
        </message>
        <message>
            <source>Add one, or choose another area.</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Einen hinzufügen oder einen anderen Bereich wählen.</translation>
        </message>
        <message>
            <source>Add the results to the project</source>
            <extracomment>gac_qgis_plugin/processing/batch.py, gac_qgis_plugin/processing/run.py</extracomment>
            <translation>Ergebnisse zum Projekt hinzufügen</translation>
        </message>
        <message>
            <source>Address of a Dask scheduler for the algorithm gac:batch, such as tls://host:8786. Anyone who reaches a scheduler can run programs on its workers: use one that you trust</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Adresse eines Dask-Schedulers für den Algorithmus gac:batch, etwa tls://host:8786. Wer einen Scheduler erreicht, kann auf seinen Workern Programme ausführen: nennen Sie einen, dem Sie vertrauen</translation>
        </message>
        <message>
            <source>Adds a label to the corner of every map that shows images of GAC</source>
            <extracomment>gac_qgis_plugin/gui/layout_marks.py</extracomment>
            <translation>Beschriftet die Ecke jeder Karte, die Bilder von GAC zeigt</translation>
        </message>
        <message>
            <source>Adds a layer with the clear pixels, before any run</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Ein Layer mit den klaren Pixeln, noch vor jedem Lauf</translation>
        </message>
        <message>
            <source>Adds the batch's layers to the project, or refreshes them with new blocks</source>
            <translation type="vanished">Fügt die Layer des Stapels dem Projekt hinzu oder zeigt die Blöcke, die seither dazukamen</translation>
        </message>
        <message>
            <source>Adds the run's layers to the project again</source>
            <translation type="vanished">Fügt die Layer des Laufs wieder zum Projekt hinzu</translation>
        </message>
        <message>
            <source>Advanced</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py, gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Erweitert</translation>
        </message>
        <message>
            <source>Agreement with the radar</source>
            <extracomment>gac_qgis_plugin/gui/compare/trust_group.py</extracomment>
            <translation>Übereinstimmung mit dem Radar</translation>
        </message>
        <message>
            <source>Agreement with the radar, place by place</source>
            <translation type="vanished">Übereinstimmung mit dem Radar, Ort für Ort</translation>
        </message>
        <message>
            <source>All</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Alle</translation>
        </message>
        <message>
            <source>All of the optical image counts as clear: no cloud is known.</source>
            <extracomment>gac_core/optical/reference.py</extracomment>
            <translation>Das ganze optische Bild gilt als klar: Wolken sind keine bekannt.</translation>
        </message>
        <message>
            <source>All three: generate, refine, ground</source>
            <translation type="vanished">Drei: bis zum Verankern</translation>
        </message>
        <message>
            <source>Also</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Dazu</translation>
        </message>
        <message>
            <source>Amplitude</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Amplitude</translation>
        </message>
        <message>
            <source>An archive with models</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Ein Archiv mit Modellen</translation>
        </message>
        <message>
            <source>An offset of {} DN should be in the values ({}), but {} of them lie below it: it seems to have been taken off already.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>Ein Offset von {} DN sollte in den Werten sein ({}), aber {} von ihnen liegen darunter: Er wurde wohl schon abgezogen.</translation>
        </message>
        <message>
            <source>An optical file without a name was given.</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Eine optische Datei ohne Namen wurde angegeben.</translation>
        </message>
        <message>
            <source>Another Python…</source>
            <translation type="vanished">Anderes Python…</translation>
        </message>
        <message>
            <source>Another batch is at work in {}.</source>
            <extracomment>gac_core/engine/batch_folder.py</extracomment>
            <translation>In {} arbeitet ein anderer Stapel.</translation>
        </message>
        <message>
            <source>Another folder for the models</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Ein anderer Ordner für die Modelle</translation>
        </message>
        <message>
            <source>Another program has it open. Models that were used stay open until their worker ends: end GAC's runs and restart QGIS, then try again.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>Ein anderes Programm hat es geöffnet. Benutzte Modelle bleiben offen, bis ihr Arbeitsprozess endet: die Läufe von GAC beenden, QGIS neu starten und es noch einmal versuchen.</translation>
        </message>
        <message>
            <source>Another program is at work on the models in {}.</source>
            <extracomment>gac_core/store/lock.py</extracomment>
            <translation>Ein anderes Programm arbeitet gerade an den Modellen in {}.</translation>
        </message>
        <message>
            <source>Another program's libraries may stand before its own: start QGIS without other plugins; on Windows install the Visual C++ runtime.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Bibliotheken eines anderen Programms stehen vielleicht vor den eigenen: QGIS ohne andere Erweiterungen starten; unter Windows die Visual-C++-Laufzeit installieren.</translation>
        </message>
        <message>
            <source>Another run can then begin at stage 2 or 3 (Runs, Run again); 96 bytes per pixel</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Ein weiterer Lauf kann dann bei Stufe 2 oder 3 beginnen (Läufe, Wiederholen); 96 Byte je Pixel</translation>
        </message>
        <message>
            <source>Another run with this one's settings, or with changes</source>
            <translation type="vanished">Ein weiterer Lauf mit den Einstellungen von diesem, oder mit Änderungen</translation>
        </message>
        <message>
            <source>Another run{} is writing to {}.</source>
            <extracomment>gac_core/engine/folder.py</extracomment>
            <translation>Ein anderer Lauf{} schreibt in {}.</translation>
        </message>
        <message>
            <source>Apple GPU (MPS, untested)</source>
            <extracomment>gac_core/networks/device.py</extracomment>
            <translation>Apple-GPU (MPS, ungetestet)</translation>
        </message>
        <message>
            <source>Apple GPU (untested)</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Apple-GPU (ungetestet)</translation>
        </message>
        <message>
            <source>Apple's GPU was asked for, but PyTorch finds none that it can use here.</source>
            <extracomment>gac_core/networks/device.py</extracomment>
            <translation>Apples GPU wurde verlangt, aber PyTorch findet hier keine, die es nutzen kann.</translation>
        </message>
        <message>
            <source>Apple's GPU; nothing was measured on one, and it is used only by choice</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>Apples GPU; auf einer wurde nichts gemessen, und sie wird nur auf Wunsch genutzt</translation>
        </message>
        <message>
            <source>Approximate side of a block in pixels</source>
            <extracomment>gac_core/contract/batch_request.py</extracomment>
            <translation>Seite eines Blocks in Pixeln, ungefähr</translation>
        </message>
        <message>
            <source>Archives</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Archive</translation>
        </message>
        <message>
            <source>Area</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py, gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Bereich</translation>
        </message>
        <message>
            <source>Area (empty: the whole layer)</source>
            <extracomment>gac_qgis_plugin/processing/run.py</extracomment>
            <translation>Bereich (leer: der ganze Layer)</translation>
        </message>
        <message>
            <source>Area (empty: the whole scenes)</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Gebiet (leer: die ganzen Szenen)</translation>
        </message>
        <message>
            <source>As</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Als</translation>
        </message>
        <message>
            <source>As another layer…</source>
            <extracomment>gac_qgis_plugin/gui/compare/range_choice.py</extracomment>
            <translation>Wie ein anderer Layer…</translation>
        </message>
        <message>
            <source>As set in the options</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Wie in den Optionen</translation>
        </message>
        <message>
            <source>As {} ({} to {})</source>
            <extracomment>gac_qgis_plugin/gui/compare/range_choice.py</extracomment>
            <translation>Wie {} ({} bis {})</translation>
        </message>
        <message>
            <source>Ask for 2 to {}.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>Möglich sind 2 bis {}.</translation>
        </message>
        <message>
            <source>Ask its owner for the permission, or give a copy of your own.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Den Besitzer um die Erlaubnis bitten, oder eine eigene Kopie angeben.</translation>
        </message>
        <message>
            <source>Ask the provider for the data itself: a GeoTIFF, or a web coverage service (WCS).</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Den Anbieter nach den Daten selbst fragen: einem GeoTIFF oder einem Web Coverage Service (WCS).</translation>
        </message>
        <message>
            <source>Ask whoever made it for another name.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>Bitten Sie, wer es gemacht hat, um einen anderen Namen.</translation>
        </message>
        <message>
            <source>Asking the adversary about opt_v{}</source>
            <extracomment>gac_core/engine/doubt_map.py</extracomment>
            <translation>Der Gegenspieler wird zu opt_v{} befragt</translation>
        </message>
        <message>
            <source>Assign its CRS and extent, for example with QGIS's Assign projection, or export it again with georeference.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>KBS und Ausdehnung zuweisen, zum Beispiel in QGIS mit „Projektion zuweisen“, oder mit Georeferenz neu exportieren.</translation>
        </message>
        <message>
            <source>Assign its CRS, for example with QGIS's Assign projection.</source>
            <extracomment>gac_core/optical/polygons.py</extracomment>
            <translation>KBS zuweisen, zum Beispiel in QGIS mit „Projektion zuweisen“.</translation>
        </message>
        <message>
            <source>At least one is needed.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Mindestens einer wird gebraucht.</translation>
        </message>
        <message>
            <source>B02 would be {} times as bright as B08</source>
            <extracomment>gac_core/optical/guessed_order.py</extracomment>
            <translation>B02 wäre {}-mal so hell wie B08</translation>
        </message>
        <message>
            <source>B02, B03, B04 and B08 are needed. If they are there by another name: {}</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>B02, B03, B04 und B08 werden gebraucht. Wenn sie unter anderem Namen da sind: {}</translation>
        </message>
        <message>
            <source>B04, B03, B02; one range in every band and stage</source>
            <extracomment>gac_qgis_plugin/styles.py</extracomment>
            <translation>B04, B03, B02; ein Wertebereich in allen Kanälen und Stufen</translation>
        </message>
        <message>
            <source>B04, B03, B02; reflectance 0 to 0.3 in every stage</source>
            <translation type="vanished">B04, B03, B02; Reflexion 0 bis 0.3 in jeder Stufe</translation>
        </message>
        <message>
            <source>B08, B04, B03: plants are red; one range in every stage, wider for B08</source>
            <extracomment>gac_qgis_plugin/styles.py</extracomment>
            <translation>B08, B04, B03: Pflanzen sind rot; ein Wertebereich in allen Stufen, weiter für B08</translation>
        </message>
        <message>
            <source>B08, B04, B03: plants are red; reflectance 0 to 0.5 and 0 to 0.3 in every stage</source>
            <translation type="vanished">B08, B04, B03: Pflanzen sind rot; Reflexion 0 bis 0.5 und 0 bis 0.3 in jeder Stufe</translation>
        </message>
        <message>
            <source>Band {} of {} was chosen for both VV and VH.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>Kanal {} von {} wurde für VV und VH zugleich gewählt.</translation>
        </message>
        <message>
            <source>Band {} was chosen for {}, but {} has {}.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>Kanal {} wurde für {} gewählt, aber {} hat {}.</translation>
        </message>
        <message>
            <source>Bands</source>
            <extracomment>gac_core/scene/decisions.py, gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Kanäle</translation>
        </message>
        <message>
            <source>Bands of Sentinel-2, in file order</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Kanäle von Sentinel-2, wie in der Datei</translation>
        </message>
        <message>
            <source>Batch</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Stapel</translation>
        </message>
        <message>
            <source>Batches</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Stapel</translation>
        </message>
        <message>
            <source>Before/after figure (PNG)</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Vorher-Nachher-Bild (PNG)</translation>
        </message>
        <message>
            <source>Begin at stage 1.</source>
            <extracomment>gac_core/engine/stage_cache.py</extracomment>
            <translation>Bei Stufe 1 beginnen.</translation>
        </message>
        <message>
            <source>Begin at stage {} or before.</source>
            <extracomment>gac_core/engine/stage_cache.py</extracomment>
            <translation>Bei Stufe {} oder davor beginnen.</translation>
        </message>
        <message>
            <source>Best available</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Das beste vorhandene</translation>
        </message>
        <message>
            <source>Bilinear</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Bilinear</translation>
        </message>
        <message>
            <source>Biome</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Biom</translation>
        </message>
        <message>
            <source>Biome that stage 2 is told (RESOLVE)</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Biom, das Stufe 2 genannt wird (RESOLVE)</translation>
        </message>
        <message>
            <source>Black and white are taken from this layer as it is shown now.</source>
            <extracomment>gac_qgis_plugin/gui/compare/range_choice.py</extracomment>
            <translation>Schwarz und Weiß werden von diesem Layer übernommen, wie er jetzt dargestellt ist.</translation>
        </message>
        <message>
            <source>Black and white points of new results; each run's can be switched.</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Was in neuen Ergebnissen schwarz und was weiß ist; für jeden Lauf umschaltbar.</translation>
        </message>
        <message>
            <source>Blocks</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Blöcke</translation>
        </message>
        <message>
            <source>Blocks and scenes that failed</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Blöcke und Szenen, die scheiterten</translation>
        </message>
        <message>
            <source>Blocks of {} px are smaller than what the models look at, {} px.</source>
            <extracomment>gac_core/engine/batch_plan.py</extracomment>
            <translation>Blöcke von {} px sind kleiner als das, was die Modelle sehen, {} px.</translation>
        </message>
        <message>
            <source>Boreal Forests/Taiga</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Boreale Wälder/Taiga</translation>
        </message>
        <message>
            <source>Both images are of other dates and only guide: the first one alone does as well.</source>
            <extracomment>gac_core/optical/use.py</extracomment>
            <translation>Beide Bilder sind von anderen Daten und führen nur: Das erste allein leistet dasselbe.</translation>
        </message>
        <message>
            <source>Both must be multiples of {}, and the side at least the tile's.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>Beide müssen Vielfache von {} sein, und die Seite mindestens die der Kachel.</translation>
        </message>
        <message>
            <source>Build the virtual raster again, from the files that hold the values.</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>Das virtuelle Raster neu bauen, aus den Dateien, die die Werte enthalten.</translation>
        </message>
        <message>
            <source>Bundle</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Paket</translation>
        </message>
        <message>
            <source>By place</source>
            <extracomment>gac_core/contract/request.py, gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Nach dem Ort</translation>
        </message>
        <message>
            <source>By place ({})</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Nach dem Ort ({})</translation>
        </message>
        <message>
            <source>By the days between</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Nach den Tagen dazwischen</translation>
        </message>
        <message>
            <source>CPU, {} threads</source>
            <extracomment>gac_core/networks/device.py</extracomment>
            <translation>CPU, {} Threads</translation>
        </message>
        <message>
            <source>CRS</source>
            <extracomment>gac_core/scene/decisions.py, gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>KBS</translation>
        </message>
        <message>
            <source>CUDA was asked for, but PyTorch finds no usable NVIDIA GPU here.</source>
            <extracomment>gac_core/networks/device.py</extracomment>
            <translation>CUDA wurde verlangt, aber PyTorch findet hier keine brauchbare NVIDIA-GPU.</translation>
        </message>
        <message>
            <source>Calibrate it to sigma0 or gamma0 and terrain-correct it, for example with SNAP (Calibration, then Range-Doppler Terrain Correction) or with ASF HyP3's RTC, and use the result.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>Auf Sigma0 oder Gamma0 kalibrieren und geländekorrigieren, zum Beispiel mit SNAP (Calibration, dann Range-Doppler Terrain Correction) oder mit RTC von ASF HyP3, und das Ergebnis nehmen.</translation>
        </message>
        <message>
            <source>Calibrate the scene to sigma0 or gamma0 instead. To try all the same, choose S1GRD as its kind yourself.</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>Die Szene stattdessen auf Sigma0 oder Gamma0 kalibrieren. Um es trotzdem zu versuchen, selbst S1GRD als Art wählen.</translation>
        </message>
        <message>
            <source>Calibrated, geocoded backscatter</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Kalibrierte, geokodierte Rückstreuung</translation>
        </message>
        <message>
            <source>Calibrated, geocoded backscatter: VV and VH</source>
            <extracomment>gac_qgis_plugin/gui/start_group.py</extracomment>
            <translation>Kalibrierte, geokodierte Rückstreuung: VV und VH</translation>
        </message>
        <message>
            <source>Cancel</source>
            <extracomment>gac_qgis_plugin/gui/compare/trust_group.py, gac_qgis_plugin/gui/environment_dialog.py, gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Cancel export</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Export abbrechen</translation>
        </message>
        <message>
            <source>Cancel it first.</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>Zuerst den Lauf abbrechen.</translation>
        </message>
        <message>
            <source>Cancelled.</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Abgebrochen.</translation>
        </message>
        <message>
            <source>Cancelled; complete blocks are kept.</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Abgebrochen; die fertigen Blöcke bleiben.</translation>
        </message>
        <message>
            <source>Cancelled; finished stages are kept.</source>
            <extracomment>gac_qgis_plugin/processing/run.py</extracomment>
            <translation>Abgebrochen; die fertigen Stufen bleiben erhalten.</translation>
        </message>
        <message>
            <source>Cancels for good. To resume later, stop it in QGIS's list of tasks.</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Beendet endgültig. Um später fortzusetzen, in QGIS’ Aufgabenliste anhalten.</translation>
        </message>
        <message>
            <source>Cancels the run. To resume it later, stop it in QGIS's list of tasks instead.</source>
            <translation type="vanished">Beendet den Lauf endgültig. Um ihn später fortzusetzen, ihn in QGIS' Aufgabenliste anhalten.</translation>
        </message>
        <message>
            <source>Cannot find coordinate operations</source>
            <translation type="vanished">Cannot find coordinate operations</translation>
        </message>
        <message>
            <source>Certificate authority</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Dessen Zertifizierungsstelle</translation>
        </message>
        <message>
            <source>Certificates were given for a scheduler whose address is not tls://.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Es wurden Zertifikate für einen Scheduler angegeben, dessen Adresse nicht tls:// ist.</translation>
        </message>
        <message>
            <source>Change</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Ändern</translation>
        </message>
        <message>
            <source>Change it there, or take it away to choose a folder.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>Ändern Sie sie dort, oder entfernen Sie sie, um einen Ordner zu wählen.</translation>
        </message>
        <message>
            <source>Check</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Prüfen</translation>
        </message>
        <message>
            <source>Check QGIS's options, Network, or HTTPS_PROXY: address, user, password.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Prüfen Sie QGIS’ Optionen, Netzwerk, oder HTTPS_PROXY: Adresse, Benutzer, Passwort.</translation>
        </message>
        <message>
            <source>Check QGIS's options, Network: address, user, password; then go on.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>In QGIS' Optionen unter Netzwerk Adresse, Benutzer und Passwort prüfen; dann weitermachen.</translation>
        </message>
        <message>
            <source>Check its CRS and its georeference.</source>
            <extracomment>gac_core/scene/working_grid.py</extracomment>
            <translation>KBS und Georeferenz prüfen.</translation>
        </message>
        <message>
            <source>Check its CRS and its georeference; give the product itself, no overview of it.</source>
            <extracomment>gac_core/scene/working_grid.py</extracomment>
            <translation>KBS und Georeferenz prüfen; das Produkt selbst angeben, keine Übersicht davon.</translation>
        </message>
        <message>
            <source>Check its CRS and its georeference; give the product itself.</source>
            <extracomment>gac_core/optical/layers.py</extracomment>
            <translation>KBS und Georeferenz prüfen; das Produkt selbst angeben.</translation>
        </message>
        <message>
            <source>Check its CRS, or cut it to the area you need.</source>
            <extracomment>gac_core/scene/working_grid.py</extracomment>
            <translation>Das KBS prüfen, oder auf den gebrauchten Bereich zuschneiden.</translation>
        </message>
        <message>
            <source>Check its CRS. UTM covers latitudes up to 84 degrees.</source>
            <extracomment>gac_core/scene/working_grid.py</extracomment>
            <translation>Das KBS prüfen. UTM reicht bis 84 Grad Breite.</translation>
        </message>
        <message>
            <source>Check its CRS; Sentinel-1 sees the Earth.</source>
            <extracomment>gac_core/scene/working_grid.py</extracomment>
            <translation>Das KBS prüfen; Sentinel-1 sieht die Erde.</translation>
        </message>
        <message>
            <source>Check its georeference, and export it again.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Die Georeferenz prüfen und neu exportieren.</translation>
        </message>
        <message>
            <source>Check that VV and VH are the right bands and overlap.</source>
            <extracomment>gac_core/scene/scene.py</extracomment>
            <translation>Prüfen, ob VV und VH die richtigen Kanäle sind und sich überlappen.</translation>
        </message>
        <message>
            <source>Check that it is complete and in its place, and run again.</source>
            <extracomment>gac_core/engine/provenance.py</extracomment>
            <translation>Dafür sorgen, dass sie vollständig an ihrem Platz ist, und neu starten.</translation>
        </message>
        <message>
            <source>Check that no run uses it and that you may delete it, then try again.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>Sehen Sie nach, dass kein Lauf sie benutzt und Sie sie löschen dürfen; versuchen Sie es dann noch einmal.</translation>
        </message>
        <message>
            <source>Check that nobody moves or removes the output folder, and run again.</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>Dafür sorgen, dass niemand den Ausgabeordner verschiebt oder entfernt, und neu starten.</translation>
        </message>
        <message>
            <source>Check that the disk has room and that you may write there.</source>
            <extracomment>gac_core/engine/folder.py</extracomment>
            <translation>Prüfen, ob der Datenträger Platz hat und dort geschrieben werden darf.</translation>
        </message>
        <message>
            <source>Check that the disk has room, that you may write to the folder, and that no other program holds the file.</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>Prüfen, ob der Datenträger Platz hat, ob in den Ordner geschrieben werden darf und ob kein anderes Programm die Datei festhält.</translation>
        </message>
        <message>
            <source>Check that the disk is not full, and see the details.</source>
            <extracomment>gac_qgis_plugin/export/task.py</extracomment>
            <translation>Nachsehen, ob der Datenträger voll ist, und die Details lesen.</translation>
        </message>
        <message>
            <source>Check that the disk, or the network that leads to it, works; then run again.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>Prüfen Sie, ob der Datenträger oder das Netz dorthin funktioniert; starten Sie dann erneut.</translation>
        </message>
        <message>
            <source>Check that the run's files still exist.</source>
            <extracomment>gac_qgis_plugin/rasters.py</extracomment>
            <translation>Nachsehen, ob die Dateien des Laufs noch da sind.</translation>
        </message>
        <message>
            <source>Check that you have the permission to read it, or install the bundle again.</source>
            <extracomment>gac_core/networks/loading.py</extracomment>
            <translation>Dafür sorgen, dass Sie sie lesen dürfen, oder das Paket neu installieren.</translation>
        </message>
        <message>
            <source>Check that you may read and write there, or choose another folder.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>Prüfen Sie, ob Sie dort lesen und schreiben dürfen, oder wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>Check that you may read it.</source>
            <extracomment>gac_core/bundles/library.py, gac_core/store/archive.py, gac_core/store/integrity.py, gac_core/store/listing.py</extracomment>
            <translation>Sehen Sie nach, dass Sie es lesen dürfen.</translation>
        </message>
        <message>
            <source>Check that you may write there, or choose another folder.</source>
            <extracomment>gac_core/store/lock.py</extracomment>
            <translation>Sehen Sie nach, dass Sie dort schreiben dürfen, oder wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>Check that you may write there, or name the folder in the variable GAC_MODELS.</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>Sehen Sie nach, dass Sie dort schreiben dürfen, oder nennen Sie den Ordner in der Variable GAC_MODELS.</translation>
        </message>
        <message>
            <source>Check the address and the connection, and that the access is still valid.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Adresse und Verbindung prüfen, und ob der Zugang noch gilt.</translation>
        </message>
        <message>
            <source>Check the extent's coordinates and its CRS.</source>
            <extracomment>gac_core/scene/extent.py</extracomment>
            <translation>Die Koordinaten der Ausdehnung und ihr KBS prüfen.</translation>
        </message>
        <message>
            <source>Check the file and the log panel 'GAC'.</source>
            <extracomment>gac_qgis_plugin/layers.py</extracomment>
            <translation>Die Datei und das Protokoll „GAC“ ansehen.</translation>
        </message>
        <message>
            <source>Check the layer's file.</source>
            <extracomment>gac_qgis_plugin/radar_layers.py</extracomment>
            <translation>Die Datei des Layers prüfen.</translation>
        </message>
        <message>
            <source>Check the network and QGIS's proxy (options, Network), then go on from here; or install from a wheel folder, without any network.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Netz und QGIS' Proxy prüfen (Optionen, Netzwerk), dann von hier weitermachen; oder ohne Netz aus einem Wheel-Ordner installieren.</translation>
        </message>
        <message>
            <source>Check the network and QGIS's proxy (options, Network); or install Python 3.11, or name one under Made with, and go on.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Netz und QGIS' Proxy prüfen (Optionen, Netzwerk); oder Python 3.11 installieren, oder eines unter „Erstellt mit“ angeben, und weitermachen.</translation>
        </message>
        <message>
            <source>Check the network, the proxy and the mirror. {}</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Prüfen Sie Netz, Proxy und Spiegelserver. {}</translation>
        </message>
        <message>
            <source>Check the path.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Den Pfad prüfen.</translation>
        </message>
        <message>
            <source>Check which bands it holds, and name them yourself; - stands for any other.</source>
            <extracomment>gac_core/optical/band_reader.py, gac_core/optical/reflectance.py</extracomment>
            <translation>Prüfen, welche Kanäle sie enthält, und sie selbst benennen; - steht für jeden anderen.</translation>
        </message>
        <message>
            <source>Checking the packages…</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Pakete werden geprüft…</translation>
        </message>
        <message>
            <source>Checking {}…</source>
            <translation type="vanished">{} wird geprüft…</translation>
        </message>
        <message>
            <source>Choose a GeoTIFF, or another format that QGIS reads.</source>
            <extracomment>gac_qgis_plugin/radar_layers.py</extracomment>
            <translation>Ein GeoTIFF wählen, oder ein anderes Format, das QGIS liest.</translation>
        </message>
        <message>
            <source>Choose a Sentinel-2 layer.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Einen Sentinel-2-Layer wählen.</translation>
        </message>
        <message>
            <source>Choose a band from 1 to {}.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>Einen Kanal von 1 bis {} wählen.</translation>
        </message>
        <message>
            <source>Choose a bundle that holds TerraMind.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>Ein Bündel wählen, das TerraMind enthält.</translation>
        </message>
        <message>
            <source>Choose a bundle that knows it. To try all the same, choose {} as its kind yourself.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>Ein Paket wählen, das es kennt. Um es trotzdem zu versuchen, selbst {} als Art wählen.</translation>
        </message>
        <message>
            <source>Choose a file, or say that there are no clouds</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Eine Datei wählen oder angeben, dass es keine Wolken gibt</translation>
        </message>
        <message>
            <source>Choose a folder beside it.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>Wählen Sie einen Ordner daneben.</translation>
        </message>
        <message>
            <source>Choose a folder that holds one, or an installed bundle by its name.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>Einen Ordner wählen, der eines enthält, oder ein installiertes Paket über seinen Namen.</translation>
        </message>
        <message>
            <source>Choose a folder that you may write to.</source>
            <extracomment>gac_core/engine/folder.py, gac_core/store/maintenance.py</extracomment>
            <translation>Einen Ordner wählen, in den geschrieben werden darf.</translation>
        </message>
        <message>
            <source>Choose a folder with a shorter path and without links in a circle.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>Wählen Sie einen Ordner mit kürzerem Pfad und ohne Verknüpfungen im Kreis.</translation>
        </message>
        <message>
            <source>Choose a layer that shows reflectance, or reflectance × 10000, in grey or colours.</source>
            <extracomment>gac_qgis_plugin/styles.py</extracomment>
            <translation>Einen Layer wählen, der Reflexion oder Reflexion × 10000 in Grau oder Farben zeigt.</translation>
        </message>
        <message>
            <source>Choose a run whose folder you may write to.</source>
            <extracomment>gac_qgis_plugin/rasters.py</extracomment>
            <translation>Einen Lauf wählen, in dessen Ordner geschrieben werden darf.</translation>
        </message>
        <message>
            <source>Choose an area on the image.</source>
            <extracomment>gac_qgis_plugin/export/grid.py</extracomment>
            <translation>Einen Bereich auf dem Bild wählen.</translation>
        </message>
        <message>
            <source>Choose an area on the layer, or the whole layer.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Einen Bereich auf dem Layer wählen oder den ganzen Layer.</translation>
        </message>
        <message>
            <source>Choose an empty folder, or one that does not exist yet.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Einen leeren Ordner wählen, oder einen, den es noch nicht gibt.</translation>
        </message>
        <message>
            <source>Choose an empty folder.</source>
            <extracomment>gac_core/engine/batch_folder.py</extracomment>
            <translation>Wählen Sie einen leeren Ordner.</translation>
        </message>
        <message>
            <source>Choose an extent of at most some 6 degrees.</source>
            <extracomment>gac_core/scene/scene.py</extracomment>
            <translation>Eine Ausdehnung von höchstens etwa 6 Grad wählen.</translation>
        </message>
        <message>
            <source>Choose an extent on the scene. If the places are right, the extent's CRS is wrong.</source>
            <extracomment>gac_core/scene/extent.py</extracomment>
            <translation>Eine Ausdehnung auf der Szene wählen. Stimmen die Orte, so ist das KBS der Ausdehnung falsch.</translation>
        </message>
        <message>
            <source>Choose an extent where the radar layer shows an image.</source>
            <extracomment>gac_core/scene/scene.py</extracomment>
            <translation>Eine Ausdehnung wählen, in der der Radar-Layer ein Bild zeigt.</translation>
        </message>
        <message>
            <source>Choose an extent within that run's, or begin at stage 1.</source>
            <extracomment>gac_core/engine/stage_cache.py</extracomment>
            <translation>Eine Ausdehnung innerhalb der jenes Laufs wählen, oder bei Stufe 1 beginnen.</translation>
        </message>
        <message>
            <source>Choose an offset of 0: it is no longer in the values.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>Offset 0 wählen: Er ist nicht mehr in den Werten.</translation>
        </message>
        <message>
            <source>Choose an output folder on a disk whose file system has locks.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>Wählen Sie einen Ausgabeordner auf einem Datenträger, dessen Dateisystem Sperren kennt.</translation>
        </message>
        <message>
            <source>Choose an output folder on storage that all workers see by the same path.</source>
            <extracomment>gac_core/engine/batch_worker.py</extracomment>
            <translation>Wählen Sie einen Ausgabeordner auf einem Speicher, den alle Worker unter demselben Pfad sehen.</translation>
        </message>
        <message>
            <source>Choose another build of PyTorch, or a wheel folder that has it.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Eine andere Variante von PyTorch wählen, oder einen Wheel-Ordner, der sie hat.</translation>
        </message>
        <message>
            <source>Choose another build of PyTorch.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Eine andere Variante von PyTorch wählen.</translation>
        </message>
        <message>
            <source>Choose another build: with CUDA 12.6 for older GPUs, with CUDA 13 for new ones.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Eine andere Variante wählen: mit CUDA 12.6 für ältere GPUs, mit CUDA 13 für neue.</translation>
        </message>
        <message>
            <source>Choose another folder or another name: nothing is replaced.</source>
            <extracomment>gac_qgis_plugin/export/parameters.py</extracomment>
            <translation>Einen anderen Ordner oder Namen wählen: Nichts wird ersetzt.</translation>
        </message>
        <message>
            <source>Choose another folder with --out.</source>
            <extracomment>gac_core/store/integrity.py</extracomment>
            <translation>Mit --out einen anderen Ordner wählen.</translation>
        </message>
        <message>
            <source>Choose another folder, or delete the model there first.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>Wählen Sie einen anderen Ordner, oder löschen Sie zuerst das Modell dort.</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <extracomment>gac_core/store/hub.py, gac_core/store/maintenance.py, gac_qgis_plugin/export/task.py</extracomment>
            <translation>Einen anderen Ordner wählen.</translation>
        </message>
        <message>
            <source>Choose another mirror (HF_ENDPOINT), or none.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Wählen Sie einen anderen Spiegelserver (HF_ENDPOINT) oder keinen.</translation>
        </message>
        <message>
            <source>Choose another output folder in the GAC panel.</source>
            <extracomment>gac_qgis_plugin/core/paths.py</extracomment>
            <translation>Im GAC-Bedienfeld einen anderen Ausgabeordner wählen.</translation>
        </message>
        <message>
            <source>Choose another output folder, or move these files away.</source>
            <extracomment>gac_core/engine/folder.py</extracomment>
            <translation>Einen anderen Ausgabeordner wählen, oder diese Dateien verschieben.</translation>
        </message>
        <message>
            <source>Choose another output folder, or remove this one.</source>
            <extracomment>gac_core/engine/batch_plan.py</extracomment>
            <translation>Wählen Sie einen anderen Ausgabeordner oder entfernen Sie diesen.</translation>
        </message>
        <message>
            <source>Choose another output folder.</source>
            <extracomment>gac_core/engine/batch_plan.py, gac_core/engine/folder.py, gac_core/engine/observed.py, gac_core/engine/plan.py</extracomment>
            <translation>Einen anderen Ausgabeordner wählen.</translation>
        </message>
        <message>
            <source>Choose another seed, or the processor instead of the GPU; if it happens again, the bundle's training has failed.</source>
            <extracomment>gac_core/tiling/mosaic.py</extracomment>
            <translation>Einen anderen Seed wählen, oder den Prozessor statt der GPU; geschieht es wieder, so ist das Training des Pakets misslungen.</translation>
        </message>
        <message>
            <source>Choose another stage.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>Eine andere Stufe wählen.</translation>
        </message>
        <message>
            <source>Choose dB as its unit.</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>dB als Einheit wählen.</translation>
        </message>
        <message>
            <source>Choose device auto or cpu, or install a driver that fits PyTorch {}.</source>
            <extracomment>gac_core/networks/device.py</extracomment>
            <translation>Das Gerät auto oder cpu wählen, oder einen Treiber installieren, der zu PyTorch {} passt.</translation>
        </message>
        <message>
            <source>Choose device auto or cpu.</source>
            <extracomment>gac_core/networks/device.py</extracomment>
            <translation>Wählen Sie als Gerät auto oder cpu.</translation>
        </message>
        <message>
            <source>Choose files that are not in the project</source>
            <translation type="vanished">Dateien wählen, die nicht im Projekt sind</translation>
        </message>
        <message>
            <source>Choose it again.</source>
            <extracomment>gac_qgis_plugin/processing/base.py</extracomment>
            <translation>Neu wählen.</translation>
        </message>
        <message>
            <source>Choose layers, or enter files or folders, one per line.</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Wählen Sie Layer, oder schreiben Sie Dateien oder Ordner, einen je Zeile.</translation>
        </message>
        <message>
            <source>Choose more seeds.</source>
            <extracomment>gac_core/engine/spread.py</extracomment>
            <translation>Mehr Seeds wählen.</translation>
        </message>
        <message>
            <source>Choose one at least.</source>
            <extracomment>gac_qgis_plugin/export/parameters.py</extracomment>
            <translation>Mindestens eine wählen.</translation>
        </message>
        <message>
            <source>Choose several layers, files, or a product's folder</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Mehrere Layer, Dateien oder den Ordner eines Produkts wählen</translation>
        </message>
        <message>
            <source>Choose the Sentinel-1 layer.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py, gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Den Sentinel-1-Layer wählen.</translation>
        </message>
        <message>
            <source>Choose the VH layer if VV and VH are separate files.</source>
            <translation type="vanished">Den VH-Layer wählen, wenn VV und VH getrennte Dateien sind.</translation>
        </message>
        <message>
            <source>Choose the VV band and the VH band yourself.</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>VV-Kanal und VH-Kanal selbst wählen.</translation>
        </message>
        <message>
            <source>Choose the VV band and the VH band.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>Den VV-Kanal und den VH-Kanal wählen.</translation>
        </message>
        <message>
            <source>Choose the file.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>Die Datei wählen.</translation>
        </message>
        <message>
            <source>Choose the radar file.</source>
            <translation type="vanished">Die Radardatei wählen.</translation>
        </message>
        <message>
            <source>Choose the {} band.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>Den {}-Kanal wählen.</translation>
        </message>
        <message>
            <source>Choose two different bands.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>Zwei verschiedene Kanäle wählen.</translation>
        </message>
        <message>
            <source>Chooses another folder for the models</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Wählt einen anderen Ordner für die Modelle</translation>
        </message>
        <message>
            <source>Chosen: GAC computes on the processor.</source>
            <extracomment>gac_qgis_plugin/environment/machine.py</extracomment>
            <translation>Gewählt: GAC rechnet auf dem Prozessor.</translation>
        </message>
        <message>
            <source>Chosen: it must compute on the GPU.</source>
            <extracomment>gac_qgis_plugin/environment/machine.py</extracomment>
            <translation>Gewählt: Sie muss auf der GPU rechnen.</translation>
        </message>
        <message>
            <source>Chosen: the package index's PyTorch, whose hash is pinned, with CUDA {}.</source>
            <extracomment>gac_qgis_plugin/environment/machine.py</extracomment>
            <translation>Gewählt: das PyTorch des Paketindexes, dessen Hash festliegt, mit CUDA {}.</translation>
        </message>
        <message>
            <source>Clear</source>
            <extracomment>gac_core/optical/reference.py</extracomment>
            <translation>Klar</translation>
        </message>
        <message>
            <source>Clear in Sentinel-2: {}</source>
            <extracomment>gac_qgis_plugin/gui/reference_watch.py</extracomment>
            <translation>Klar in Sentinel-2: {}</translation>
        </message>
        <message>
            <source>Clear values</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Klar bei</translation>
        </message>
        <message>
            <source>Clear values of the mask</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Werte der Maske, die klar bedeuten</translation>
        </message>
        <message>
            <source>Click on the map to preview a tile. 1, 2, 3: stage; B: next; Escape ends.</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Klick auf die Karte zeigt eine Kachel vorab. 1, 2, 3: Stufe; B: nächste; Escape beendet.</translation>
        </message>
        <message>
            <source>Close other programs before a run, or choose a small extent.</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>Vor einem Lauf andere Programme schließen, oder eine kleine Ausdehnung wählen.</translation>
        </message>
        <message>
            <source>Close other programs or choose a smaller bundle.</source>
            <extracomment>gac_core/engine/stage_runner.py</extracomment>
            <translation>Andere Programme schließen, oder ein kleineres Paket wählen.</translation>
        </message>
        <message>
            <source>Close other programs that use it.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Andere Programme schließen, die sie benutzen.</translation>
        </message>
        <message>
            <source>Close other programs, choose a smaller bundle, or a smaller extent.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>Andere Programme schließen, ein kleineres Paket oder eine kleinere Ausdehnung wählen.</translation>
        </message>
        <message>
            <source>Close other programs, or raise the system's limit of open files (ulimit -n).</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>Schließen Sie andere Programme, oder lassen Sie das System mehr offene Dateien erlauben (ulimit -n).</translation>
        </message>
        <message>
            <source>Close other windows of QGIS; look whether an antivirus holds the folder; then go on.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Andere Fenster von QGIS schließen; nachsehen, ob ein Virenschutz den Ordner festhält; dann weitermachen.</translation>
        </message>
        <message>
            <source>Close what else uses the GPU, choose a smaller bundle, or compute on the processor.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>Schließen, was die GPU sonst nutzt, ein kleineres Bündel wählen oder auf dem Prozessor rechnen.</translation>
        </message>
        <message>
            <source>Cloud Score+, clear from {} on</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>Cloud Score+, klar ab {}</translation>
        </message>
        <message>
            <source>Cloud mask of it</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Wolkenmaske dazu</translation>
        </message>
        <message>
            <source>Cloud mask of the other date</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Wolkenmaske des anderen Datums</translation>
        </message>
        <message>
            <source>Clouds</source>
            <extracomment>gac_core/optical/clouds.py, gac_core/optical/masks.py, gac_core/optical/reference.py, gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Wolken</translation>
        </message>
        <message>
            <source>Clouds, as a raster or polygons</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Wolken, als Raster oder Polygone</translation>
        </message>
        <message>
            <source>Colours for reading by eye; for measuring use reflectance.</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Farben zum Ansehen; zum Messen die Reflexion nehmen.</translation>
        </message>
        <message>
            <source>Colours of all stages of the run at once</source>
            <translation type="vanished">Farben aller Stufen des Laufs auf einmal</translation>
        </message>
        <message>
            <source>Compare</source>
            <extracomment>gac_qgis_plugin/gui/dock.py, gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Vergleich</translation>
        </message>
        <message>
            <source>Comparing opt_v{} with the radar</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>opt_v{} wird mit dem Radar verglichen</translation>
        </message>
        <message>
            <source>Complete blocks are kept: run it again with the same output folder to resume.</source>
            <translation type="vanished">Was fertig ist, bleibt: starten Sie ihn mit demselben Ausgabeordner neu, um fortzufahren.</translation>
        </message>
        <message>
            <source>Compression</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Kompression</translation>
        </message>
        <message>
            <source>Computed by</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Berechnet von</translation>
        </message>
        <message>
            <source>Computed tiles are kept in {}: run this again with the same output folder and the same parameters to resume.</source>
            <extracomment>gac_qgis_plugin/processing/run.py</extracomment>
            <translation>Das Berechnete ist in {} erhalten: mit demselben Ausgabeordner und denselben Parametern noch einmal starten, dann geht es dort weiter.</translation>
        </message>
        <message>
            <source>Computed tiles are kept.</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>Das Berechnete bleibt erhalten.</translation>
        </message>
        <message>
            <source>Computes the area as if the radar ended at its edge: much less work for small areas, but pixels near the edge differ from those of a larger area</source>
            <translation type="vanished">Berechnet den Bereich, als endete das Radar an seinem Rand: viel weniger Arbeit bei kleinen Bereichen, aber Pixel am Rand unterscheiden sich von denen eines größeren Bereichs</translation>
        </message>
        <message>
            <source>Computes the stages; tiles appear on the map as they are finished</source>
            <translation type="vanished">Berechnet die Stufen; Kacheln erscheinen unterwegs auf der Karte</translation>
        </message>
        <message>
            <source>Computing the blocks</source>
            <extracomment>gac_core/engine/batch.py</extracomment>
            <translation>Die Blöcke werden berechnet</translation>
        </message>
        <message>
            <source>Continue</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py, gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>Copy</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>Copy or download it again.</source>
            <extracomment>gac_core/scene/files.py, gac_core/scene/paths.py</extracomment>
            <translation>Neu kopieren oder herunterladen.</translation>
        </message>
        <message>
            <source>Copy or fetch it again.</source>
            <extracomment>gac_core/store/archive.py, gac_core/store/install.py</extracomment>
            <translation>Kopieren oder holen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>Copy report</source>
            <extracomment>gac_qgis_plugin/gui/diagnostics.py</extracomment>
            <translation>Bericht kopieren</translation>
        </message>
        <message>
            <source>Copy the file itself there.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>Kopieren Sie die Datei selbst dorthin.</translation>
        </message>
        <message>
            <source>Copy the file to this computer first.</source>
            <extracomment>gac_core/optical/use.py</extracomment>
            <translation>Die Datei zuerst auf diesen Rechner kopieren.</translation>
        </message>
        <message>
            <source>Correct it, or clear it to let the plugin look for the environment itself.</source>
            <extracomment>gac_qgis_plugin/worker/engine.py</extracomment>
            <translation>Angabe berichtigen, oder löschen, damit die Erweiterung die Umgebung selbst sucht.</translation>
        </message>
        <message>
            <source>Correct the card if its offset is wrong; else make it again with this bundle.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>Die Karte berichtigen, wenn ihr Offset falsch ist; sonst mit diesem Paket neu machen.</translation>
        </message>
        <message>
            <source>Cubic</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Kubisch</translation>
        </message>
        <message>
            <source>Cut it into parts, for example with QGIS's Clip raster by extent.</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>In Teile schneiden, zum Beispiel in QGIS mit „Raster auf Ausdehnung zuschneiden“.</translation>
        </message>
        <message>
            <source>Cut it to the area, or give the mask as a raster.</source>
            <extracomment>gac_core/optical/polygons.py</extracomment>
            <translation>Auf den Bereich zuschneiden, oder die Maske als Raster angeben.</translation>
        </message>
        <message>
            <source>Damaged: {}</source>
            <extracomment>gac_qgis_plugin/batches.py, gac_qgis_plugin/runs.py</extracomment>
            <translation>Beschädigt: {}</translation>
        </message>
        <message>
            <source>Dask scheduler</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Dask-Scheduler</translation>
        </message>
        <message>
            <source>Dask's dashboard, if it has one: {}</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Dasks Übersichtsseite, falls es eine gibt: {}</translation>
        </message>
        <message>
            <source>Dask's dashboard: {}</source>
            <translation type="vanished">Dasks Übersichtsseite: {}</translation>
        </message>
        <message>
            <source>Dask, which reaches the workers of a scheduler, is not installed.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Dask, das die Worker eines Schedulers erreicht, ist nicht installiert.</translation>
        </message>
        <message>
            <source>Date</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Datum</translation>
        </message>
        <message>
            <source>Date of Sentinel-2</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Datum von Sentinel-2</translation>
        </message>
        <message>
            <source>Days</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Tage</translation>
        </message>
        <message>
            <source>Days within which pixels are kept</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Tage, innerhalb derer Pixel behalten werden</translation>
        </message>
        <message>
            <source>Decibel (dB)</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Dezibel (dB)</translation>
        </message>
        <message>
            <source>Delete the models' environment in {}? Models and results stay.</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Die Umgebung der Modelle in {} löschen? Modelle und Ergebnisse bleiben.</translation>
        </message>
        <message>
            <source>Delete the rest by hand.</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>Den Rest von Hand löschen.</translation>
        </message>
        <message>
            <source>Delete the run in {}?</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>Den Lauf in {} löschen?</translation>
        </message>
        <message>
            <source>Delete the selected items permanently? This cannot be undone.</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>Das Angekreuzte endgültig löschen? Das lässt sich nicht rückgängig machen.</translation>
        </message>
        <message>
            <source>Delete {} from your models? Files that other bundles need stay.</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>{} aus Ihren Modellen löschen? Dateien, die andere Pakete brauchen, bleiben.</translation>
        </message>
        <message>
            <source>Deletes the run with its files; asks first</source>
            <translation type="vanished">Löscht den Lauf mit seinen Dateien; fragt vorher</translation>
        </message>
        <message>
            <source>Delete…</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py, gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Löschen…</translation>
        </message>
        <message>
            <source>Demo (small models)</source>
            <extracomment>resources/bundles/demo/bundle.json</extracomment>
            <translation>Demo (kleine Modelle)</translation>
        </message>
        <message>
            <source>Demo models: small, trained on little data. They show how GAC works, not how good it can be.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>Demo-Modelle: klein, mit wenigen Daten trainiert. Sie zeigen, wie GAC arbeitet, nicht, wie gut es sein kann.</translation>
        </message>
        <message>
            <source>Deserts &amp; Xeric Shrublands</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Wüsten und Trockengebüsche</translation>
        </message>
        <message>
            <source>Detail must be at most half the window's overlap.</source>
            <translation type="vanished">Detail darf höchstens die halbe Überlappung des Fensters sein.</translation>
        </message>
        <message>
            <source>Details</source>
            <extracomment>gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>Details</translation>
        </message>
        <message>
            <source>Details…</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py, gac_qgis_plugin/gui/messages.py, gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Details…</translation>
        </message>
        <message>
            <source>Determining the packages…</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Pakete werden bestimmt…</translation>
        </message>
        <message>
            <source>Device</source>
            <extracomment>gac_core/contract/request.py, gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Gerät</translation>
        </message>
        <message>
            <source>Devices, each tried on one tile</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>Geräte, jedes an einer Kachel erprobt</translation>
        </message>
        <message>
            <source>Diagnostics…</source>
            <extracomment>gac_qgis_plugin/plugin_main.py</extracomment>
            <translation>Diagnose…</translation>
        </message>
        <message>
            <source>Difference</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py, gac_qgis_plugin/gui/compare/tools.py</extracomment>
            <translation>Differenz</translation>
        </message>
        <message>
            <source>Difference {}, in reflectance × 10000.</source>
            <extracomment>gac_qgis_plugin/gui/compare/badges.py</extracomment>
            <translation>Differenz {}, in Reflexion × 10000.</translation>
        </message>
        <message>
            <source>Diffusion steps of stage 1</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Diffusionsschritte von Stufe 1</translation>
        </message>
        <message>
            <source>Diffusion steps of stage 1 (0: as the bundle needs)</source>
            <translation type="vanished">Diffusionsschritte der Stufe 1 (0: wie das Paket sie braucht)</translation>
        </message>
        <message>
            <source>Diffusion steps of stage 1, generate</source>
            <translation type="vanished">Diffusionsschritte der Stufe 1, erzeugen</translation>
        </message>
        <message>
            <source>Diffusion steps of stage 1, generate: passes per tile</source>
            <translation type="vanished">Diffusionsschritte der Stufe 1, erzeugen: Durchgänge je Kachel</translation>
        </message>
        <message>
            <source>Diffusion steps of stage 3, ground</source>
            <translation type="vanished">Diffusionsschritte der Stufe 3, verankern</translation>
        </message>
        <message>
            <source>Discard</source>
            <extracomment>gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>Verwerfen</translation>
        </message>
        <message>
            <source>Discard the unfinished run in {}?</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>Den unfertigen Lauf in {} verwerfen?</translation>
        </message>
        <message>
            <source>Discard…</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>Verwerfen…</translation>
        </message>
        <message>
            <source>Disk</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>Platte</translation>
        </message>
        <message>
            <source>Disk ({})</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>Platte ({})</translation>
        </message>
        <message>
            <source>Divide them by {}, or declare the scale in the file (GDAL: gdal_edit -scale).</source>
            <translation type="vanished">Durch {} teilen, oder die Skalierung in der Datei angeben (GDAL: gdal_edit -scale).</translation>
        </message>
        <message>
            <source>Divide them by {}, or declare the scale in the file (gdal_edit.py -scale {}).</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>Durch {} teilen, oder die Skalierung in der Datei angeben (gdal_edit.py -scale {}).</translation>
        </message>
        <message>
            <source>Do not use it unless you know who made it.</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>Verwenden Sie es nur, wenn Sie wissen, wer es gemacht hat.</translation>
        </message>
        <message>
            <source>Do not use this bundle unless you know who made it.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>Dieses Paket nur verwenden, wenn Sie wissen, wer es gemacht hat.</translation>
        </message>
        <message>
            <source>Doctor</source>
            <extracomment>gac_qgis_plugin/gui/diagnostics.py</extracomment>
            <translation>Diagnose</translation>
        </message>
        <message>
            <source>Does not work: {}.</source>
            <extracomment>gac_qgis_plugin/gui/diagnostics.py</extracomment>
            <translation>Geht nicht: {}.</translation>
        </message>
        <message>
            <source>Done</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Fertig</translation>
        </message>
        <message>
            <source>Done.</source>
            <translation type="vanished">Fertig.</translation>
        </message>
        <message>
            <source>Download</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Herunterladen</translation>
        </message>
        <message>
            <source>Download from</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Herunterladen von</translation>
        </message>
        <message>
            <source>Download them, and give the file.</source>
            <extracomment>gac_core/optical/polygons.py</extracomment>
            <translation>Herunterladen und die Datei angeben.</translation>
        </message>
        <message>
            <source>Downloaded data is kept; fetching again resumes.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Was geholt wurde, bleibt; ein neuer Versuch macht dort weiter.</translation>
        </message>
        <message>
            <source>Draw it on the map (the menu beside it), or choose the whole layer.</source>
            <translation type="vanished">Auf der Karte zeichnen (Menü daneben) oder den ganzen Layer wählen.</translation>
        </message>
        <message>
            <source>Draw one, or choose the whole layer.</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Eines zeichnen, oder den ganzen Layer wählen.</translation>
        </message>
        <message>
            <source>Each run makes a new folder in it.</source>
            <extracomment>gac_qgis_plugin/gui/dock.py</extracomment>
            <translation>Jeder Lauf legt darin einen neuen Ordner an.</translation>
        </message>
        <message>
            <source>Each run makes a new folder in it; nothing is overwritten.</source>
            <translation type="vanished">Jeder Lauf legt darin einen neuen Ordner an; nichts wird überschrieben.</translation>
        </message>
        <message>
            <source>Each sample takes as long as the run did</source>
            <translation type="vanished">Jede Stichprobe dauert so lange wie der Lauf</translation>
        </message>
        <message>
            <source>Each takes as long as the run</source>
            <extracomment>gac_qgis_plugin/gui/compare/trust_group.py</extracomment>
            <translation>Jeder dauert so lange wie der Lauf</translation>
        </message>
        <message>
            <source>Environment</source>
            <extracomment>gac_qgis_plugin/gui/diagnostics.py, gac_qgis_plugin/gui/start_group.py</extracomment>
            <translation>Umgebung</translation>
        </message>
        <message>
            <source>Environment…</source>
            <translation type="vanished">Umgebung…</translation>
        </message>
        <message>
            <source>Evaluate what is packed, or pack without --scores and evaluate the bundle.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>Das bewerten, was gepackt wird, oder ohne --scores packen und das Paket bewerten.</translation>
        </message>
        <message>
            <source>Everything computed is kept: run again with the same settings to resume.</source>
            <extracomment>gac_core/engine/pipeline.py</extracomment>
            <translation>Das Berechnete bleibt erhalten: mit denselben Einstellungen neu starten, dann geht es dort weiter.</translation>
        </message>
        <message>
            <source>Export</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py, gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>Export all pixels, or run again.</source>
            <extracomment>gac_qgis_plugin/export/task.py</extracomment>
            <translation>Alle Pixel exportieren, oder neu starten.</translation>
        </message>
        <message>
            <source>Export without it.</source>
            <extracomment>gac_qgis_plugin/export/figure.py</extracomment>
            <translation>Ohne das Bild exportieren.</translation>
        </message>
        <message>
            <source>Export without the figure.</source>
            <extracomment>gac_qgis_plugin/export/figure.py</extracomment>
            <translation>Ohne das Bild exportieren.</translation>
        </message>
        <message>
            <source>Exports this stage as a file of its own</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Exportiert diese Stufe als eigene Datei</translation>
        </message>
        <message>
            <source>Export…</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py, gac_qgis_plugin/gui/compare/tools.py</extracomment>
            <translation>Exportieren…</translation>
        </message>
        <message>
            <source>Failed.</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Fehlgeschlagen.</translation>
        </message>
        <message>
            <source>Failed: {}</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Fehlgeschlagen: {}</translation>
        </message>
        <message>
            <source>False colour (NIR)</source>
            <extracomment>gac_qgis_plugin/styles.py</extracomment>
            <translation>Falschfarben (NIR)</translation>
        </message>
        <message>
            <source>Fetch it again from where it is published.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>Holen Sie sie noch einmal von dort, wo sie veröffentlicht ist.</translation>
        </message>
        <message>
            <source>Fetch it again, or ask whoever made it for a safetensors file.</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>Neu holen, oder wer sie gemacht hat um eine safetensors-Datei bitten.</translation>
        </message>
        <message>
            <source>Fetch it again.</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>Neu holen.</translation>
        </message>
        <message>
            <source>Fetch it with `gac models fetch`, or delete the bundles that you do not use.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>Holen Sie sie mit `gac models fetch`, oder löschen Sie die Pakete, die Sie nicht benutzen.</translation>
        </message>
        <message>
            <source>Fetch it: `gac models fetch {}`, or Models in QGIS. If you put it there yourself: `gac models import {}`.</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>Holen Sie sie: `gac models fetch {}` oder Modelle in QGIS. Wenn Sie sie selbst dorthin gelegt haben: `gac models import {}`.</translation>
        </message>
        <message>
            <source>Fetch it: `gac models fetch {}`, or Models in QGIS. Without internet, import {} of Hugging Face's {} from a folder: `gac models import FOLDER`.</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>Holen Sie sie: `gac models fetch {}` oder Modelle in QGIS. Ohne Internet importieren Sie {} von Hugging Faces {} aus einem Ordner: `gac models import FOLDER`.</translation>
        </message>
        <message>
            <source>Fetch it: `gac models fetch {}`, or Models in QGIS. Without internet, put {} of Hugging Face's {} into {}.</source>
            <translation type="vanished">Holen Sie sie: `gac models fetch {}` oder Modelle in QGIS. Ohne Internet legen Sie {} aus Hugging Faces {} in {}.</translation>
        </message>
        <message>
            <source>Fetch the bundle again, or train it again.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>Das Paket neu holen, oder neu trainieren.</translation>
        </message>
        <message>
            <source>Fetching and installing some {:.1f} GB: {}</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Etwa {:.1f} GB werden geholt und installiert: {}</translation>
        </message>
        <message>
            <source>Fetching {}: {:.2f} of {:.2f} GB</source>
            <translation type="vanished">{} wird geholt: {:.2f} von {:.2f} GB</translation>
        </message>
        <message>
            <source>Fewer stages take less time.</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Weniger Stufen brauchen weniger Zeit.</translation>
        </message>
        <message>
            <source>Files are missing in {}: {}.</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>In {} fehlen Dateien: {}.</translation>
        </message>
        <message>
            <source>Files keep their published names: {}.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>Dateien behalten ihre veröffentlichten Namen: {}.</translation>
        </message>
        <message>
            <source>Files of an earlier run in {} cannot be removed: {}.</source>
            <extracomment>gac_core/engine/folder.py</extracomment>
            <translation>Was ein früherer Lauf in {} hinterlassen hat, kann nicht entfernt werden: {}.</translation>
        </message>
        <message>
            <source>Files, folders, patterns (*.tif), lists of files (.txt) or STAC items (.json)</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Dateien, Ordner, Muster (*.tif), Dateilisten (.txt) oder STAC-Items (.json)</translation>
        </message>
        <message>
            <source>Files…</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Dateien…</translation>
        </message>
        <message>
            <source>File…</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Datei…</translation>
        </message>
        <message>
            <source>Fill clouds with GAC…</source>
            <extracomment>gac_qgis_plugin/gui/fill_action.py</extracomment>
            <translation>Wolken mit GAC füllen…</translation>
        </message>
        <message>
            <source>Fill it on a machine of the same system and Python: {}</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Auf einem Rechner mit gleichem System und Python füllen: {}</translation>
        </message>
        <message>
            <source>Fill it on a machine of the same system with Python {}.{}: pip download --no-deps --require-hashes -r {} --dest FOLDER</source>
            <translation type="vanished">Füllen auf einem Rechner mit gleichem System und Python {}.{}: pip download --no-deps --require-hashes -r {} --dest FOLDER</translation>
        </message>
        <message>
            <source>Finish it first.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>Ihn zuerst zu Ende führen.</translation>
        </message>
        <message>
            <source>Fitted ({} to {})</source>
            <extracomment>gac_qgis_plugin/gui/compare/range_choice.py</extracomment>
            <translation>Angepasst ({} bis {})</translation>
        </message>
        <message>
            <source>Fitted to the run</source>
            <extracomment>gac_qgis_plugin/gui/compare/range_choice.py</extracomment>
            <translation>An den Lauf angepasst</translation>
        </message>
        <message>
            <source>Fitting stage {} to the optical reference</source>
            <extracomment>gac_core/engine/stage_runner.py</extracomment>
            <translation>Stufe {} wird an die optische Referenz angepasst</translation>
        </message>
        <message>
            <source>Fixed ({} to {})</source>
            <extracomment>gac_qgis_plugin/gui/compare/range_choice.py</extracomment>
            <translation>Fest ({} bis {})</translation>
        </message>
        <message>
            <source>Flooded Grasslands &amp; Savannas</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Überflutete Grasländer und Savannen</translation>
        </message>
        <message>
            <source>Fmask</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>Fmask</translation>
        </message>
        <message>
            <source>Fmask of Digital Earth Australia</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>Fmask von Digital Earth Australia</translation>
        </message>
        <message>
            <source>Folder</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py, gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>Folder for exports</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Ordner für Exporte</translation>
        </message>
        <message>
            <source>Folder for runs</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Ordner für Läufe</translation>
        </message>
        <message>
            <source>Folder of a Sentinel-2 product</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Ordner eines Sentinel-2-Produkts</translation>
        </message>
        <message>
            <source>Folder of a product…</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Ordner eines Produkts…</translation>
        </message>
        <message>
            <source>For all stages at once</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Für alle Stufen auf einmal</translation>
        </message>
        <message>
            <source>Free some space, choose another output folder, or choose a smaller extent.</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>Platz schaffen, einen anderen Ausgabeordner oder eine kleinere Ausdehnung wählen.</translation>
        </message>
        <message>
            <source>Free some space, or choose another folder.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>Schaffen Sie Platz, oder wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>Frees disk space; images stay.</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Macht Speicherplatz frei; die Bilder bleiben.</translation>
        </message>
        <message>
            <source>Frees their disk space; the run's images stay.</source>
            <translation type="vanished">Gibt ihren Platz auf der Festplatte frei; die Bilder des Laufs bleiben.</translation>
        </message>
        <message>
            <source>From 2 to 98 % of the visible bands of the highest stage, together: for snow, sand, dark water</source>
            <extracomment>gac_qgis_plugin/gui/compare/range_choice.py</extracomment>
            <translation>Von 2 bis 98 % der sichtbaren Kanäle der höchsten Stufe zusammen: für Schnee, Sand, dunkles Wasser</translation>
        </message>
        <message>
            <source>From a folder or a stick…</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Aus einem Ordner oder von einem Stick…</translation>
        </message>
        <message>
            <source>From a zip or tar file…</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Aus einer zip- oder tar-Datei…</translation>
        </message>
        <message>
            <source>From the layer's date</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Nach dem Datum des Layers</translation>
        </message>
        <message>
            <source>From the layer's date ({})</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Nach Layerdatum ({})</translation>
        </message>
        <message>
            <source>From the scene's date</source>
            <translation type="vanished">Nach dem Datum der Szene</translation>
        </message>
        <message>
            <source>GAC</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>GAC</translation>
        </message>
        <message>
            <source>GAC SYNTHETIC · batch {}</source>
            <translation type="vanished">GAC SYNTHETIC · Stapel {}</translation>
        </message>
        <message>
            <source>GAC can run here.</source>
            <translation type="vanished">GAC läuft hier.</translation>
        </message>
        <message>
            <source>GAC cannot run here: {} failed.</source>
            <translation type="vanished">GAC läuft hier nicht: {} ist misslungen.</translation>
        </message>
        <message>
            <source>GAC comes with a bundle {} itself; another one of that name would hide it.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>GAC bringt selbst ein Paket {} mit; ein anderes dieses Namens würde es verdecken.</translation>
        </message>
        <message>
            <source>GAC does not know the publisher's hash of {}: it trusts this first copy, and will hold the file and later ones to its SHA-256 {}. Compare it with the one that {} tells.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>GAC kennt die Prüfsumme des Herausgebers von {} nicht: Es traut dieser ersten Kopie und misst die Datei und spätere an deren SHA-256 {}. Vergleichen Sie sie mit der, die {} nennt.</translation>
        </message>
        <message>
            <source>GAC does not know the publisher's hash of {}: it trusts this first copy, and will hold the file and later ones to its SHA-256 {}….</source>
            <translation type="vanished">GAC kennt die Prüfsumme des Herausgebers von {} nicht: Es traut dieser ersten Kopie und misst die Datei und spätere an deren SHA-256 {}….</translation>
        </message>
        <message>
            <source>GAC does not know the publisher's hash of {}: it trusts this first download, and will hold the file and later downloads to its SHA-256 {}….</source>
            <extracomment>gac_core/store/download.py</extracomment>
            <translation>GAC kennt die Prüfsumme des Herausgebers von {} nicht: Es traut diesem ersten Download und misst die Datei und spätere Downloads an dessen SHA-256 {}….</translation>
        </message>
        <message>
            <source>GAC does not know the publisher's hashes of these files: the first download is compared with the server's hashes, recorded, and trusted from then on.</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>GAC kennt die Prüfsummen des Herausgebers dieser Dateien nicht: Der erste Download wird mit dem verglichen, was der Server sagt, festgehalten, und von da an gilt er.</translation>
        </message>
        <message>
            <source>GAC does not touch folders that you named yourself.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>Was in einem Ordner liegt, den Sie selbst genannt haben, rührt GAC nicht an.</translation>
        </message>
        <message>
            <source>GAC does not touch what comes with it, or folders that you named yourself.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>Was mit GAC kommt oder in einem Ordner liegt, den Sie selbst genannt haben, rührt GAC nicht an.</translation>
        </message>
        <message>
            <source>GAC failed: {}</source>
            <extracomment>gac_core/cli/common.py, gac_core/worker/server.py</extracomment>
            <translation>GAC ist fehlgeschlagen: {}</translation>
        </message>
        <message>
            <source>GAC failed: {}: {}.</source>
            <extracomment>gac_core/cli/commands.py</extracomment>
            <translation>GAC ist gescheitert: {}: {}.</translation>
        </message>
        <message>
            <source>GAC not defined here</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>GAC hier nicht definiert</translation>
        </message>
        <message>
            <source>GAC reads tensors only. Ask whoever made it for a safetensors file.</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>GAC liest nur Tensoren. Wer sie gemacht hat um eine safetensors-Datei bitten.</translation>
        </message>
        <message>
            <source>GAC score</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py, gac_qgis_plugin/gui/score_chart.py</extracomment>
            <translation>GAC-Wert</translation>
        </message>
        <message>
            <source>GAC score of opt_v{}</source>
            <extracomment>gac_qgis_plugin/processing/run.py</extracomment>
            <translation>GAC-Wert von opt_v{}</translation>
        </message>
        <message>
            <source>GAC score {:.2f}.</source>
            <extracomment>gac_qgis_plugin/gui/compare/badges.py</extracomment>
            <translation>GAC-Wert {:.2f}.</translation>
        </message>
        <message>
            <source>GAC score, -1 to 1: how far edges run as the radar's do; 0 is chance. Real images: mean {}, 90 of 100 from {} to {}. More is not better: a copy of the radar has {}.</source>
            <extracomment>gac_qgis_plugin/gui/score_chart.py</extracomment>
            <translation>GAC-Wert, -1 bis 1: wie sehr Kanten wie im Radar verlaufen; 0 ist Zufall. Echte Bilder: Mittel {}, 90 von 100 von {} bis {}. Mehr ist nicht besser: Eine Kopie des Radars hat {}.</translation>
        </message>
        <message>
            <source>GAC score: how far the edges of the image and of the radar run the same way, from -1 to 1; 0 is chance. Of 44 real optical images the mean is {}, and 90 of 100 lie between {} and {}. More is not better: a copy of the radar has 0.89.</source>
            <translation type="vanished">GAC-Wert: wie sehr die Kanten des Bildes und die des Radars gleich verlaufen, von -1 bis 1; 0 ist Zufall. Das Mittel von 44 echten optischen Bildern ist {}, und 90 von 100 liegen zwischen {} und {}. Mehr ist nicht besser: Eine Kopie des Radars hat 0.89.</translation>
        </message>
        <message>
            <source>GAC score: how far the edges of the image and of the radar run the same way, from -1 to 1; 0 is chance. Real optical images reach about 0.45: more is not better.</source>
            <translation type="vanished">GAC-Wert: wie sehr die Kanten des Bildes und die des Radars gleich verlaufen, von -1 bis 1; 0 ist Zufall. Echte optische Bilder erreichen etwa 0.45: Mehr ist nicht besser.</translation>
        </message>
        <message>
            <source>GAC score: {}</source>
            <extracomment>gac_qgis_plugin/batches.py, gac_qgis_plugin/runs.py</extracomment>
            <translation>GAC-Wert: {}</translation>
        </message>
        <message>
            <source>GAC was updated; the models' environment still has to be.</source>
            <extracomment>gac_qgis_plugin/worker/engine.py</extracomment>
            <translation>GAC wurde aktualisiert; die Umgebung der Modelle noch nicht.</translation>
        </message>
        <message>
            <source>GAC's diagnostics tell what is wrong and what to do.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>GACs Diagnose sagt, was nicht stimmt und was zu tun ist.</translation>
        </message>
        <message>
            <source>GAC's libraries are known to work with Python {}.</source>
            <translation type="vanished">GACs Bibliotheken gehen erprobtermaßen mit Python {}.</translation>
        </message>
        <message>
            <source>GAC's worker process could not be started ({}: {}).</source>
            <extracomment>gac_qgis_plugin/worker/client.py</extracomment>
            <translation>Der Rechenprozess von GAC konnte nicht gestartet werden ({}: {}).</translation>
        </message>
        <message>
            <source>GAC's worker process crashed.</source>
            <extracomment>gac_qgis_plugin/worker/client.py</extracomment>
            <translation>Der Rechenprozess von GAC ist abgestürzt.</translation>
        </message>
        <message>
            <source>GAC's worker process ended with exit status {}.</source>
            <extracomment>gac_qgis_plugin/worker/client.py</extracomment>
            <translation>Der Rechenprozess von GAC endete mit Status {}.</translation>
        </message>
        <message>
            <source>GAC's worker process lost the GPU.</source>
            <extracomment>gac_qgis_plugin/worker/client.py</extracomment>
            <translation>Der Rechenprozess von GAC hat die GPU verloren.</translation>
        </message>
        <message>
            <source>GAC's worker process speaks protocol {}, this plugin speaks {}.</source>
            <extracomment>gac_qgis_plugin/worker/client.py</extracomment>
            <translation>Der Rechenprozess von GAC spricht Protokoll {}, diese Erweiterung spricht {}.</translation>
        </message>
        <message>
            <source>GAC's worker process was ended: it sent more than {} bytes without a line break.</source>
            <extracomment>gac_qgis_plugin/worker/client.py</extracomment>
            <translation>Der Rechenprozess von GAC wurde beendet: Er sandte mehr als {} Bytes ohne Zeilenumbruch.</translation>
        </message>
        <message>
            <source>GAC's worker process was not ready within {} s.</source>
            <extracomment>gac_qgis_plugin/worker/client.py</extracomment>
            <translation>Der Rechenprozess von GAC war nach {} s nicht bereit.</translation>
        </message>
        <message>
            <source>GAC's worker process was stopped, as the run was cancelled.</source>
            <extracomment>gac_qgis_plugin/worker/client.py</extracomment>
            <translation>Der Rechenprozess von GAC wurde beendet, weil der Lauf abgebrochen wurde.</translation>
        </message>
        <message>
            <source>GAC: check the environment</source>
            <extracomment>gac_qgis_plugin/environment/manager.py, gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>GAC: Umgebung prüfen</translation>
        </message>
        <message>
            <source>GAC: delete models</source>
            <extracomment>gac_qgis_plugin/models.py</extracomment>
            <translation>GAC: Modelle löschen</translation>
        </message>
        <message>
            <source>GAC: diagnostics</source>
            <extracomment>gac_qgis_plugin/gui/diagnostics.py</extracomment>
            <translation>GAC: Diagnose</translation>
        </message>
        <message>
            <source>GAC: download models</source>
            <extracomment>gac_qgis_plugin/models.py</extracomment>
            <translation>GAC: Modelle herunterladen</translation>
        </message>
        <message>
            <source>GAC: error details</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>GAC: was schiefgegangen ist</translation>
        </message>
        <message>
            <source>GAC: export {}</source>
            <extracomment>gac_qgis_plugin/export/task.py</extracomment>
            <translation>GAC: Export {}</translation>
        </message>
        <message>
            <source>GAC: export · {}</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>GAC: Export · {}</translation>
        </message>
        <message>
            <source>GAC: files stored on this computer</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>GAC: was auf diesem Rechner aufbewahrt wird</translation>
        </message>
        <message>
            <source>GAC: guide</source>
            <extracomment>gac_qgis_plugin/gui/guide.py</extracomment>
            <translation>GAC: Anleitung</translation>
        </message>
        <message>
            <source>GAC: import models</source>
            <extracomment>gac_qgis_plugin/models.py</extracomment>
            <translation>GAC: Modelle importieren</translation>
        </message>
        <message>
            <source>GAC: layers of the Sentinel-2 image</source>
            <extracomment>gac_qgis_plugin/gui/layer_combo.py</extracomment>
            <translation>GAC: Layer des Sentinel-2-Bilds</translation>
        </message>
        <message>
            <source>GAC: list the models</source>
            <extracomment>gac_qgis_plugin/models.py</extracomment>
            <translation>GAC: Modelle auflisten</translation>
        </message>
        <message>
            <source>GAC: look for GPUs</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>GAC: GPUs suchen</translation>
        </message>
        <message>
            <source>GAC: look for Pythons</source>
            <translation type="vanished">GAC: Python suchen</translation>
        </message>
        <message>
            <source>GAC: models</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>GAC: Modelle</translation>
        </message>
        <message>
            <source>GAC: move models</source>
            <extracomment>gac_qgis_plugin/models.py</extracomment>
            <translation>GAC: Modelle verschieben</translation>
        </message>
        <message>
            <source>GAC: next stage in place</source>
            <extracomment>gac_qgis_plugin/gui/compare/tools.py</extracomment>
            <translation>GAC: nächste Stufe am Ort</translation>
        </message>
        <message>
            <source>GAC: previous stage in place</source>
            <extracomment>gac_qgis_plugin/gui/compare/tools.py</extracomment>
            <translation>GAC: vorige Stufe am Ort</translation>
        </message>
        <message>
            <source>GAC: radar to optical</source>
            <extracomment>gac_qgis_plugin/gui/dock.py</extracomment>
            <translation>GAC: von Radar zu Optik</translation>
        </message>
        <message>
            <source>GAC: radar to optical (synthetic)</source>
            <extracomment>gac_qgis_plugin/processing/provider.py</extracomment>
            <translation>GAC: von Radar zu Optik (synthetisch)</translation>
        </message>
        <message>
            <source>GAC: range as another layer</source>
            <extracomment>gac_qgis_plugin/gui/compare/range_choice.py</extracomment>
            <translation>GAC: Wertebereich wie ein anderer Layer</translation>
        </message>
        <message>
            <source>GAC: remove the environment</source>
            <extracomment>gac_qgis_plugin/environment/manager.py</extracomment>
            <translation>GAC: Umgebung entfernen</translation>
        </message>
        <message>
            <source>GAC: set up the environment</source>
            <extracomment>gac_qgis_plugin/environment/manager.py</extracomment>
            <translation>GAC: Umgebung einrichten</translation>
        </message>
        <message>
            <source>GAC: stored files</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>GAC: was aufbewahrt wird</translation>
        </message>
        <message>
            <source>GAC: the models' environment</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>GAC: die Umgebung der Modelle</translation>
        </message>
        <message>
            <source>GAC: verify models</source>
            <extracomment>gac_qgis_plugin/models.py</extracomment>
            <translation>GAC: Modelle prüfen</translation>
        </message>
        <message>
            <source>GAC: what is clear</source>
            <extracomment>gac_qgis_plugin/gui/reference_watch.py</extracomment>
            <translation>GAC: was klar ist</translation>
        </message>
        <message>
            <source>GPU memory</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>GPU-Speicher</translation>
        </message>
        <message>
            <source>Generate optical from Sentinel-1 (SYNTHETIC)</source>
            <extracomment>gac_qgis_plugin/processing/run.py</extracomment>
            <translation>Optisches Bild aus Sentinel-1 erzeugen (SYNTHETIC)</translation>
        </message>
        <message>
            <source>Generate optical from many Sentinel-1 scenes (SYNTHETIC)</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Optisches aus vielen Sentinel-1-Szenen erzeugen (SYNTHETIC)</translation>
        </message>
        <message>
            <source>Generate optical layers from Sentinel-1 radar (GAC)</source>
            <extracomment>gac_qgis_plugin/plugin_main.py</extracomment>
            <translation>Optische Layer aus Sentinel-1-Radar erzeugen (GAC)</translation>
        </message>
        <message>
            <source>Generate: passes per tile</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Erzeugen: Durchgänge je Kachel</translation>
        </message>
        <message>
            <source>Generated only; observed ones without data</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Nur erzeugte; beobachtete ohne Daten</translation>
        </message>
        <message>
            <source>Generates optical bands (B02, B03, B04, B08 at 10 m) from a Sentinel-1 scene in up to three stages: opt_v1 is generated from radar by TerraMind, opt_v2 is refined by Prithvi-EO-2.0, opt_v3 is grounded in the radar again. &lt;b&gt;The pixels are SYNTHETIC: generated by models, not observed.&lt;/b&gt; The bundle 'demo' holds small models that only show how it works. An interrupted run is resumed if it is started again with the same output folder and the same parameters.</source>
            <extracomment>gac_qgis_plugin/processing/run.py</extracomment>
            <translation>Erzeugt optische Kanäle (B02, B03, B04, B08 mit 10 m) aus einer Sentinel-1-Szene in bis zu drei Stufen: opt_v1 erzeugt TerraMind aus dem Radar, opt_v2 verfeinert Prithvi-EO-2.0, opt_v3 wird wieder im Radar verankert. &lt;b&gt;Die Pixel sind SYNTHETIC: von Modellen erzeugt, nicht beobachtet.&lt;/b&gt; Das Paket „demo“ enthält kleine Modelle, die nur zeigen, wie es geht. Ein unterbrochener Lauf geht dort weiter, wo er war, wenn er mit demselben Ausgabeordner und denselben Parametern wieder gestartet wird.</translation>
        </message>
        <message>
            <source>Generates optical bands from many Sentinel-1 scenes, or from one huge one, block by block, in processes of this computer, or on the Dask scheduler that GAC's options name. Pixels are those of a single run over the same area. &lt;b&gt;They are SYNTHETIC: generated by models, not observed.&lt;/b&gt; A block that fails is a hole, and the rest is finished. Run it again with the same output folder and the same parameters to resume a batch that was stopped. The panel's Runs tab shows how far it is.</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Erzeugt optische Bänder aus vielen Sentinel-1-Szenen oder einer sehr großen, Block für Block, in Prozessen dieses Computers oder auf dem Dask-Scheduler aus den Optionen von GAC. Die Pixel sind die eines einzelnen Laufs über dieselbe Fläche. &lt;b&gt;Sie sind SYNTHETISCH: von Modellen erzeugt, nicht beobachtet.&lt;/b&gt; Ein Block, der scheitert, bleibt eine Lücke, der Rest wird fertig. Mit demselben Ausgabeordner und denselben Parametern erneut ausführen, um einen angehaltenen Stapel fortzusetzen. Der Reiter Läufe im Bedienfeld zeigt den Stand.</translation>
        </message>
        <message>
            <source>Generates optical bands from many Sentinel-1 scenes, or from one huge one, block by block, with Dask: in processes of this computer, or on the Dask scheduler that GAC's options name. Pixels are those of a single run over the same area. &lt;b&gt;They are SYNTHETIC: generated by models, not observed.&lt;/b&gt; A block that fails is a hole, and the rest is finished. Run it again with the same output folder and the same parameters to go on with a batch that was stopped. The panel's Runs tab shows how far it is.</source>
            <translation type="vanished">Erzeugt optische Bänder aus vielen Sentinel-1-Szenen oder aus einer riesigen, Block für Block, mit Dask: in Prozessen dieses Rechners oder auf dem Dask-Scheduler, den die Optionen von GAC nennen. Die Pixel sind die eines einzelnen Laufs über dasselbe Gebiet. &lt;b&gt;Sie sind SYNTHETIC: von Modellen erzeugt, nicht beobachtet.&lt;/b&gt; Ein Block, der scheitert, ist ein Loch, und der Rest wird fertig. Starten Sie ihn mit demselben Ausgabeordner und denselben Parametern neu, um einen angehaltenen Stapel fortzusetzen. Der Reiter Läufe im Bedienfeld zeigt, wie weit er ist.</translation>
        </message>
        <message>
            <source>GeoTIFFs, pictures and a figure of this run</source>
            <translation type="vanished">GeoTIFFs, Bilder und eine Abbildung dieses Laufs</translation>
        </message>
        <message>
            <source>GeoTIFFs, pictures, a figure</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py, gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>GeoTIFFs, Bilder, eine Abbildung</translation>
        </message>
        <message>
            <source>Getting the installer (uv)…</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Installationsprogramm (uv) wird geholt…</translation>
        </message>
        <message>
            <source>Give 10·log10 of linear power, or 20·log10 of amplitude.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>10·log10 der linearen Leistung oder 20·log10 der Amplitude angeben.</translation>
        </message>
        <message>
            <source>Give PEM files with --tls-ca, --tls-cert and --tls-key.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Geben Sie PEM-Dateien mit --tls-ca, --tls-cert und --tls-key an.</translation>
        </message>
        <message>
            <source>Give Sentinel-2's reflectance.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>Die Reflexion von Sentinel-2 angeben.</translation>
        </message>
        <message>
            <source>Give VV and VH in dB.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>VV und VH in dB angeben.</translation>
        </message>
        <message>
            <source>Give VV and VH of one scene on one grid, for example exported together.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>VV und VH einer Szene auf einem Raster angeben, zum Beispiel zusammen exportiert.</translation>
        </message>
        <message>
            <source>Give VV and VH of one scene; or choose both bands yourself to use them all the same.</source>
            <extracomment>gac_core/scene/validation.py</extracomment>
            <translation>VV und VH einer Szene angeben; oder beide Kanäle selbst wählen, um sie trotzdem zu nehmen.</translation>
        </message>
        <message>
            <source>Give a GeoTIFF, or another raster that GDAL reads.</source>
            <translation type="vanished">Ein GeoTIFF angeben, oder ein anderes Raster, das GDAL liest.</translation>
        </message>
        <message>
            <source>Give a GeoTIFF, or save it as one, for example with QGIS's Export, Save As.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Ein GeoTIFF angeben, oder als solches speichern, zum Beispiel in QGIS mit Exportieren, Speichern als.</translation>
        </message>
        <message>
            <source>Give a list of one or two paths.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Eine Liste mit einem oder zwei Pfaden angeben.</translation>
        </message>
        <message>
            <source>Give a list of paths.</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Eine Liste von Pfaden angeben.</translation>
        </message>
        <message>
            <source>Give a mask of its clouds (a raster, 0 where it is clear, or polygons), or the product's scene classification (SCL) among its files.</source>
            <translation type="vanished">Eine Maske der Wolken angeben (ein Raster, 0 wo es klar ist, oder Polygone), oder die Szenenklassifikation (SCL) des Produkts mit den Dateien.</translation>
        </message>
        <message>
            <source>Give a mask of its clouds (a raster, 0 where it is clear, or polygons), or the product's scene classification (SCL) among its files; or say that there are none.</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>Eine Maske seiner Wolken angeben (ein Raster, 0 wo es klar ist, oder Polygone) oder die Szenenklassifikation (SCL) des Produkts unter seinen Dateien; oder angeben, dass es keine gibt.</translation>
        </message>
        <message>
            <source>Give a number for no data, or nan.</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Eine Zahl als Leerwert angeben, oder nan.</translation>
        </message>
        <message>
            <source>Give a number such as -9999, or leave it empty.</source>
            <extracomment>gac_qgis_plugin/labels.py</extracomment>
            <translation>Eine Zahl wie -9999 angeben oder leer lassen.</translation>
        </message>
        <message>
            <source>Give a path or a name of at most {}.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Einen Pfad oder Namen von höchstens {} Zeichen angeben.</translation>
        </message>
        <message>
            <source>Give a product (.SAFE), or files whose names say the bands, such as B02.tif.</source>
            <extracomment>gac_core/optical/product.py</extracomment>
            <translation>Ein Produkt (.SAFE) angeben, oder Dateien, deren Namen die Kanäle nennen, etwa B02.tif.</translation>
        </message>
        <message>
            <source>Give a text file in UTF-8.</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>Geben Sie eine Textdatei in UTF-8 an.</translation>
        </message>
        <message>
            <source>Give a whole GeoTIFF with a CRS; one that GAC made can be made again.</source>
            <extracomment>gac_core/raster/working_file.py</extracomment>
            <translation>Ein vollständiges GeoTIFF mit KBS angeben; eines von GAC lässt sich neu machen.</translation>
        </message>
        <message>
            <source>Give a whole GeoTIFF.</source>
            <translation type="vanished">Ein ganzes GeoTIFF angeben.</translation>
        </message>
        <message>
            <source>Give all workers the same environment.</source>
            <extracomment>gac_core/engine/batch_worker.py</extracomment>
            <translation>Geben Sie allen Workern dieselbe Umgebung.</translation>
        </message>
        <message>
            <source>Give an Item or an ItemCollection.</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>Geben Sie ein Item oder eine ItemCollection an.</translation>
        </message>
        <message>
            <source>Give another path.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>Geben Sie einen anderen an.</translation>
        </message>
        <message>
            <source>Give at least {}.</source>
            <translation type="vanished">Geben Sie mindestens {} an.</translation>
        </message>
        <message>
            <source>Give at least {}; {} is usual.</source>
            <extracomment>gac_core/engine/batch_plan.py</extracomment>
            <translation>Geben Sie mindestens {} an; üblich sind {}.</translation>
        </message>
        <message>
            <source>Give at most {}, all of one date.</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Höchstens {} angeben, alle von einem Datum.</translation>
        </message>
        <message>
            <source>Give both in the same unit, for example exported together.</source>
            <extracomment>gac_core/scene/validation.py</extracomment>
            <translation>Beide in derselben Einheit angeben, zum Beispiel zusammen exportiert.</translation>
        </message>
        <message>
            <source>Give both.</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Beides angeben.</translation>
        </message>
        <message>
            <source>Give detected, calibrated backscatter: a terrain-corrected GRD or RTC product.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Detektierte, kalibrierte Rückstreuung angeben: ein geländekorrigiertes GRD- oder RTC-Produkt.</translation>
        </message>
        <message>
            <source>Give images of the same pixels.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>Bilder mit denselben Pixeln angeben.</translation>
        </message>
        <message>
            <source>Give it as 2021-07-06.</source>
            <extracomment>gac_core/contract/options.py</extracomment>
            <translation>In der Form 2021-07-06 angeben.</translation>
        </message>
        <message>
            <source>Give it as 6GB or 800MB.</source>
            <translation type="vanished">Als 6GB oder 800MB angeben.</translation>
        </message>
        <message>
            <source>Give it as EPSG:n or as WKT.</source>
            <extracomment>gac_core/scene/extent.py</extracomment>
            <translation>Als EPSG:n oder als WKT angeben.</translation>
        </message>
        <message>
            <source>Give it as four numbers, xmin ymin xmax ymax.</source>
            <extracomment>gac_core/contract/options.py</extracomment>
            <translation>Als vier Zahlen angeben, xmin ymin xmax ymax.</translation>
        </message>
        <message>
            <source>Give it as observed.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>Es als observed angeben.</translation>
        </message>
        <message>
            <source>Give it as the mask, and name the values that are clear: 0, 1, 3 by USGS, 1, 4, 5 by python-fmask.</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>Es als Maske angeben und die Werte nennen, die klar bedeuten: 0, 1, 3 beim USGS, 1, 4, 5 bei python-fmask.</translation>
        </message>
        <message>
            <source>Give it as the optical image itself.</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Es als optisches Bild selbst angeben.</translation>
        </message>
        <message>
            <source>Give it as xmin ymin xmax ymax with xmin &lt; xmax and ymin &lt; ymax.</source>
            <extracomment>gac_core/contract/options.py, gac_core/scene/extent.py</extracomment>
            <translation>Als xmin ymin xmax ymax angeben, mit xmin &lt; xmax und ymin &lt; ymax.</translation>
        </message>
        <message>
            <source>Give it as xmin,xmax,ymin,ymax [EPSG:code].</source>
            <extracomment>gac_qgis_plugin/processing/base.py</extracomment>
            <translation>Als xmin,xmax,ymin,ymax [EPSG:Code] angeben.</translation>
        </message>
        <message>
            <source>Give its certificates with --tls-ca, --tls-cert and --tls-key, or in Dask's own configuration.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Geben Sie seine Zertifikate mit --tls-ca, --tls-cert und --tls-key an, oder in Dasks eigener Konfiguration.</translation>
        </message>
        <message>
            <source>Give latitude and longitude in degrees, or None.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>Breite und Länge in Grad angeben, oder None.</translation>
        </message>
        <message>
            <source>Give one file with VV and VH, or the VV file and the VH file.</source>
            <extracomment>gac_core/contract/request.py, gac_core/scene/scene.py</extracomment>
            <translation>Eine Datei mit VV und VH angeben, oder die VV-Datei und die VH-Datei.</translation>
        </message>
        <message>
            <source>Give one of the rasters in it by GDAL's name, or in QGIS the layer of one.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Eines der Raster darin mit GDALs Namen angeben, oder in QGIS seinen Layer.</translation>
        </message>
        <message>
            <source>Give polygons as a GeoPackage, or a raster that is 0 where it is clear.</source>
            <extracomment>gac_core/optical/polygons.py</extracomment>
            <translation>Polygone als GeoPackage angeben, oder ein Raster, das 0 ist, wo es klar ist.</translation>
        </message>
        <message>
            <source>Give polygons, or a raster that is 0 where it is clear.</source>
            <extracomment>gac_core/optical/polygons.py</extracomment>
            <translation>Polygone angeben, oder ein Raster, das 0 ist, wo es klar ist.</translation>
        </message>
        <message>
            <source>Give the SCL as it is in the product, or another mask.</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>Die SCL so angeben, wie sie im Produkt ist, oder eine andere Maske.</translation>
        </message>
        <message>
            <source>Give the Sentinel-2 image itself.</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>Das Sentinel-2-Bild selbst angeben.</translation>
        </message>
        <message>
            <source>Give the Sentinel-2 image of the radar's place, or check its CRS.</source>
            <extracomment>gac_core/optical/band_reader.py</extracomment>
            <translation>Das Sentinel-2-Bild vom Ort des Radars angeben, oder sein KBS prüfen.</translation>
        </message>
        <message>
            <source>Give the Sentinel-2 image of the radar's place.</source>
            <extracomment>gac_core/optical/band_reader.py</extracomment>
            <translation>Das Sentinel-2-Bild vom Ort des Radars angeben.</translation>
        </message>
        <message>
            <source>Give the VV and the VH file (.img) in the .data folder beside it.</source>
            <translation type="vanished">Die VV- und die VH-Datei (.img) im .data-Ordner daneben angeben.</translation>
        </message>
        <message>
            <source>Give the VV file and the VH file of one scene.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>Die VV-Datei und die VH-Datei einer Szene angeben.</translation>
        </message>
        <message>
            <source>Give the backscatter itself, in dB, linear power or amplitude, as it was before it was normalised or scaled.</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>Die Rückstreuung selbst angeben, in dB, linearer Leistung oder Amplitude, so wie sie war, bevor sie normalisiert oder skaliert wurde.</translation>
        </message>
        <message>
            <source>Give the bands themselves, as 16-bit or floating-point values.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>Die Kanäle selbst angeben, mit 16 Bit oder als Gleitkommazahlen.</translation>
        </message>
        <message>
            <source>Give the batch workers of one kind.</source>
            <extracomment>gac_core/engine/batch_worker.py</extracomment>
            <translation>Geben Sie dem Stapel Worker einer Art.</translation>
        </message>
        <message>
            <source>Give the data that the picture was made from.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Die Daten angeben, aus denen das Bild gemacht wurde.</translation>
        </message>
        <message>
            <source>Give the file itself.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Die Datei selbst angeben.</translation>
        </message>
        <message>
            <source>Give the file with the mask itself, unpacked: a raster or polygons.</source>
            <extracomment>gac_core/optical/product.py</extracomment>
            <translation>Die Datei mit der Maske selbst angeben, entpackt: ein Raster oder Polygone.</translation>
        </message>
        <message>
            <source>Give the files of one date, and run once for each. If they are of one date, set it yourself.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>Dateien eines Datums angeben, für jedes ein Lauf. Sind sie von einem Datum, es selbst festlegen.</translation>
        </message>
        <message>
            <source>Give the files of one product, or products of one processing baseline.</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>Dateien eines Produkts angeben, oder Produkte einer Processing Baseline.</translation>
        </message>
        <message>
            <source>Give the files of the same product that end in _VV and _VH.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>Die Dateien desselben Produkts angeben, die auf _VV und _VH enden.</translation>
        </message>
        <message>
            <source>Give the folder's full path.</source>
            <extracomment>gac_core/engine/plan.py</extracomment>
            <translation>Den vollständigen Pfad des Ordners angeben.</translation>
        </message>
        <message>
            <source>Give the image that it belongs to, and the mask beside it.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>Das Bild angeben, zu dem sie gehört, und die Maske dazu.</translation>
        </message>
        <message>
            <source>Give the image that it is for.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Das Bild angeben, zu dem sie gehört.</translation>
        </message>
        <message>
            <source>Give the mask that belongs to the image, or check its CRS.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>Die Maske angeben, die zum Bild gehört, oder ihr KBS prüfen.</translation>
        </message>
        <message>
            <source>Give the mask that belongs to the image.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>Die Maske angeben, die zum Bild gehört.</translation>
        </message>
        <message>
            <source>Give the product as .SAFE, or save its bands as GeoTIFF with their coordinate system.</source>
            <extracomment>gac_core/optical/product.py</extracomment>
            <translation>Das Produkt als .SAFE angeben oder seine Kanäle als GeoTIFF mit ihrem Koordinatensystem speichern.</translation>
        </message>
        <message>
            <source>Give the product itself, or a harmonised one.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>Das Produkt selbst angeben, oder ein harmonisiertes.</translation>
        </message>
        <message>
            <source>Give the product's GeoTIFFs instead, those that end in _VV.tif and _VH.tif.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Stattdessen die GeoTIFFs des Produkts angeben, die auf _VV.tif und _VH.tif enden.</translation>
        </message>
        <message>
            <source>Give the rasters in it, or in QGIS the layers of them.</source>
            <extracomment>gac_core/optical/layers.py</extracomment>
            <translation>Die Raster darin angeben, oder in QGIS deren Layer.</translation>
        </message>
        <message>
            <source>Give the same settings for the stages that are taken over, or begin at an earlier stage.</source>
            <extracomment>gac_core/engine/stage_cache.py</extracomment>
            <translation>Für die übernommenen Stufen dieselben Einstellungen angeben, oder bei einer früheren Stufe beginnen.</translation>
        </message>
        <message>
            <source>Give the same settings to resume it, or choose another folder.</source>
            <extracomment>gac_core/engine/batch_folder.py</extracomment>
            <translation>Geben Sie dieselben Einstellungen an, um ihn fortzusetzen, oder wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>Give the scheduler's address as tls://host:port.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Geben Sie die Adresse des Schedulers als tls://host:port an.</translation>
        </message>
        <message>
            <source>Give the whole address again, with the same settings and folder.</source>
            <extracomment>gac_core/scene/scene.py</extracomment>
            <translation>Die ganze Adresse noch einmal angeben, mit denselben Einstellungen und demselben Ordner.</translation>
        </message>
        <message>
            <source>Give them as they are in Earth Engine, or name the values that are clear.</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>Sie so angeben, wie sie in Earth Engine sind, oder die Werte nennen, die klar bedeuten.</translation>
        </message>
        <message>
            <source>Go on from here; if it fails again, report it with the details.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Von hier weitermachen; geht es wieder schief, mit den Details melden.</translation>
        </message>
        <message>
            <source>Go on to fetch it again. If it stays so, something between you and the package index (a proxy, an antivirus, a mirror) changes files; or the wheel folder holds others.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Weitermachen holt es neu. Bleibt es so, verändert etwas zwischen Ihnen und dem Paketindex (Proxy, Virenschutz, Spiegelserver) Dateien; oder der Wheel-Ordner enthält andere.</translation>
        </message>
        <message>
            <source>Go on to try again; if it stays so, an antivirus may hold files back.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Mit „Weiter“ noch einmal versuchen; bleibt es so, hält vielleicht ein Virenschutz Dateien fest.</translation>
        </message>
        <message>
            <source>Ground: passes per tile</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Verankern: Durchgänge je Kachel</translation>
        </message>
        <message>
            <source>Guide only, generate all pixels</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Nur leiten, alle Pixel erzeugen</translation>
        </message>
        <message>
            <source>HH and HV</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>HH und HV</translation>
        </message>
        <message>
            <source>Held-out places speak against its stages in {} more ways: `gac bundle check {}` lists them.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>Zurückgehaltene Orte sprechen auf {} weitere Arten gegen seine Stufen: „gac bundle check {}“ zählt sie auf.</translation>
        </message>
        <message>
            <source>Help</source>
            <extracomment>gac_qgis_plugin/gui/guide.py</extracomment>
            <translation>Hilfe</translation>
        </message>
        <message>
            <source>Higher than real optical images reach: look for radar speckle in the image.</source>
            <extracomment>gac_core/scores/rasters.py</extracomment>
            <translation>Höher, als echte optische Bilder erreichen: Im Bild nach Speckle des Radars suchen.</translation>
        </message>
        <message>
            <source>Horizontal (H) or vertical (V) line</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Waagerechte (H) oder senkrechte (V) Linie</translation>
        </message>
        <message>
            <source>How far to trust it</source>
            <extracomment>gac_qgis_plugin/gui/compare/trust_group.py</extracomment>
            <translation>Wie weit dem zu trauen ist</translation>
        </message>
        <message>
            <source>Hugging Face's client was told to stay offline (HF_HUB_OFFLINE).</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Hugging Faces Programm soll offline bleiben (HF_HUB_OFFLINE).</translation>
        </message>
        <message>
            <source>If VV and VH are separate files</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Wenn VV und VH getrennte Dateien sind</translation>
        </message>
        <message>
            <source>If another QGIS runs it, cancel it there.</source>
            <extracomment>gac_qgis_plugin/controller.py</extracomment>
            <translation>Wenn ein anderes QGIS ihn ausführt, dort abbrechen.</translation>
        </message>
        <message>
            <source>If it happens again, choose a smaller area or the CPU, and see the log panel 'GAC'.</source>
            <extracomment>gac_qgis_plugin/worker/tasks.py</extracomment>
            <translation>Wenn es wieder geschieht, einen kleineren Bereich oder die CPU wählen und im Protokoll „GAC“ nachsehen.</translation>
        </message>
        <message>
            <source>If not set, the file's band names decide.</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Ohne Angabe entscheiden die Kanalnamen der Datei.</translation>
        </message>
        <message>
            <source>If your organisation inspects traffic, add its certificate in QGIS's options, Authentication, Manage certificates; then go on.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Prüft Ihre Organisation den Datenverkehr, ihr Zertifikat in QGIS' Optionen unter Authentifizierung, Zertifikate verwalten, hinzufügen; dann weitermachen.</translation>
        </message>
        <message>
            <source>If your organisation inspects traffic, add its certificate in QGIS's options, Authentication, or name it in SSL_CERT_FILE.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Wenn Ihre Organisation den Verkehr prüft, fügen Sie ihr Zertifikat in QGIS’ Optionen, Authentifizierung, hinzu, oder nennen Sie es in SSL_CERT_FILE.</translation>
        </message>
        <message>
            <source>If {} is in a file of its own, give both files.</source>
            <translation type="vanished">Wenn {} in einer eigenen Datei ist, beide Dateien angeben.</translation>
        </message>
        <message>
            <source>Image</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Bild</translation>
        </message>
        <message>
            <source>Import</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Importieren</translation>
        </message>
        <message>
            <source>Import it from a folder.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Importieren Sie sie aus einem Ordner.</translation>
        </message>
        <message>
            <source>Import one at a time: name its folder, or unpack the archive first.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>Importieren Sie eines nach dem anderen: Nennen Sie dessen Ordner, oder entpacken Sie das Archiv zuerst.</translation>
        </message>
        <message>
            <source>Import the bundle again from where it came.</source>
            <extracomment>gac_core/store/download.py</extracomment>
            <translation>Importieren Sie das Paket noch einmal von dort, woher es kam.</translation>
        </message>
        <message>
            <source>In addition to the file's own</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Zusätzlich zu dem der Datei</translation>
        </message>
        <message>
            <source>In place (B, Shift+B)</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Am Ort (B, Umschalt+B)</translation>
        </message>
        <message>
            <source>In the file manager</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Im Dateimanager</translation>
        </message>
        <message>
            <source>Install dask-cuda, or use one GPU with --workers 1.</source>
            <translation type="vanished">Installieren Sie dask-cuda, oder nutzen Sie mit --workers 1 eine GPU.</translation>
        </message>
        <message>
            <source>Install or fetch the bundle again.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>Installieren Sie das Modellpaket erneut, oder laden Sie es erneut herunter.</translation>
        </message>
        <message>
            <source>Install or train it again.</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>Neu installieren oder neu trainieren.</translation>
        </message>
        <message>
            <source>Install pip (on Debian and Ubuntu: sudo apt install python3-pip), or uv {} so that it is on the PATH; then go on.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>pip installieren (unter Debian und Ubuntu: sudo apt install python3-pip), oder uv {} so, dass es im PATH liegt; dann weitermachen.</translation>
        </message>
        <message>
            <source>Install the bundle again.</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>Das Paket neu installieren.</translation>
        </message>
        <message>
            <source>Install the newest driver for it.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Den neuesten Treiber für sie installieren.</translation>
        </message>
        <message>
            <source>Install the package distributed for {}, or leave out --scheduler: processes of this computer need none.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Das Paket distributed für {} installieren oder --scheduler weglassen: Prozesse dieses Computers brauchen es nicht.</translation>
        </message>
        <message>
            <source>Install the plugin again from its zip file.</source>
            <extracomment>gac_qgis_plugin/core/paths.py</extracomment>
            <translation>Die Erweiterung aus ihrer Zip-Datei neu installieren.</translation>
        </message>
        <message>
            <source>Install the plugin again.</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>Die Erweiterung neu installieren.</translation>
        </message>
        <message>
            <source>Install the same bundle for all workers; a batch that has begun keeps its own.</source>
            <extracomment>gac_core/engine/batch_worker.py</extracomment>
            <translation>Installieren Sie für alle Worker dasselbe Paket; ein begonnener Stapel behält das seine.</translation>
        </message>
        <message>
            <source>Install uv yourself, so that it is on the PATH, set an HTTP proxy in QGIS's options, Network, or install from a wheel folder.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>uv selbst installieren, sodass es im PATH liegt, in QGIS' Optionen unter Netzwerk einen HTTP-Proxy eintragen, oder aus einem Wheel-Ordner installieren.</translation>
        </message>
        <message>
            <source>Installed are: {}. A folder that holds a {} can be named too.</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>Installiert sind: {}. Auch ein Ordner mit einer {} kann angegeben werden.</translation>
        </message>
        <message>
            <source>Installed packages are not whole.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Installierte Pakete sind nicht vollständig.</translation>
        </message>
        <message>
            <source>Installing {} packages…</source>
            <translation type="vanished">{} Pakete werden installiert…</translation>
        </message>
        <message>
            <source>Installing: {} of {} packages</source>
            <translation type="vanished">Installiert: {} von {} Paketen</translation>
        </message>
        <message>
            <source>Interpolation where pixels do not coincide</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Wie Werte gefunden werden, wo Pixel nicht aufeinanderliegen</translation>
        </message>
        <message>
            <source>It can be 0 or more.</source>
            <extracomment>gac_core/engine/batch.py</extracomment>
            <translation>Möglich ist 0 oder mehr.</translation>
        </message>
        <message>
            <source>It can be auto, {}.</source>
            <extracomment>gac_core/scene/scene.py</extracomment>
            <translation>Möglich sind auto, {}.</translation>
        </message>
        <message>
            <source>It can be true or false.</source>
            <extracomment>gac_core/contract/options.py</extracomment>
            <translation>Möglich ist true oder false.</translation>
        </message>
        <message>
            <source>It can be {}.</source>
            <extracomment>gac_core/api.py, gac_core/contract/options.py</extracomment>
            <translation>Möglich ist: {}.</translation>
        </message>
        <message>
            <source>It can be {}. {}</source>
            <extracomment>gac_core/worker/channel.py</extracomment>
            <translation>Möglich ist: {}. {}</translation>
        </message>
        <message>
            <source>It cannot make environments. On Debian and Ubuntu: sudo apt install python3.{}-venv</source>
            <translation type="vanished">Es kann keine Umgebungen anlegen. Unter Debian und Ubuntu: sudo apt install python3.{}-venv</translation>
        </message>
        <message>
            <source>It does not work as a Python.</source>
            <translation type="vanished">Es arbeitet nicht als Python.</translation>
        </message>
        <message>
            <source>It has no B08: B8A, the narrow near infrared of 20 m, stands in for it.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>B08 fehlt: B8A, das schmale nahe Infrarot mit 20 m, tritt an seine Stelle.</translation>
        </message>
        <message>
            <source>It has {}. Give items of Sentinel-1 GRD or RTC in dual polarisation.</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>Es hat {}. Geben Sie Items von Sentinel-1 GRD oder RTC in doppelter Polarisation an.</translation>
        </message>
        <message>
            <source>It is beta0, brighter than the models know: {}.</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>Es ist Beta0, heller als die Modelle es kennen: {}.</translation>
        </message>
        <message>
            <source>It is nearer to the radar in time than the first one. Exchange them: the first one's clear pixels can be kept.</source>
            <extracomment>gac_core/optical/use.py</extracomment>
            <translation>Es ist dem Radar zeitlich näher als das erste. Beide tauschen: Die klaren Pixel des ersten können erhalten bleiben.</translation>
        </message>
        <message>
            <source>It is of level 1C, seen through the atmosphere: bluer and hazier than what is generated. Level 2A of the same date fits better.</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>Es ist Level 1C, durch die Atmosphäre gesehen: blauer und dunstiger als das, was erzeugt wird. Level 2A vom selben Datum passt besser.</translation>
        </message>
        <message>
            <source>It is said to be of {}, which is yet to come: check its date, and this computer's.</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>Sie soll vom {} sein, das erst noch kommt: ihr Datum prüfen und das dieses Rechners.</translation>
        </message>
        <message>
            <source>It is so dark that it seems to have been taken by night or at dusk.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>Es ist so dunkel, als wäre es bei Nacht oder Dämmerung aufgenommen.</translation>
        </message>
        <message>
            <source>It must be ({}, rows, columns).</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>Es muss ({}, Zeilen, Spalten) sein.</translation>
        </message>
        <message>
            <source>It must be a multiple of 16 and at most half the size.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>Er muss ein Vielfaches von 16 und höchstens die halbe Größe sein.</translation>
        </message>
        <message>
            <source>It must be a number such as 0 or -9999.</source>
            <extracomment>gac_core/contract/options.py</extracomment>
            <translation>Es muss eine Zahl sein wie 0 oder -9999.</translation>
        </message>
        <message>
            <source>It must be a text: {}.</source>
            <extracomment>gac_core/contract/options.py</extracomment>
            <translation>Es muss ein Text sein: {}.</translation>
        </message>
        <message>
            <source>It must be an integer from {} to {}.</source>
            <extracomment>gac_core/api.py, gac_core/contract/options.py</extracomment>
            <translation>Es muss eine ganze Zahl sein, {} bis {}.</translation>
        </message>
        <message>
            <source>It must be integers from 0 to {}, or ranges such as 0-40 and 0.6-1, with commas between them.</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Es müssen ganze Zahlen von 0 bis {} sein oder Bereiche wie 0-40 und 0.6-1, mit Kommas dazwischen.</translation>
        </message>
        <message>
            <source>It must be integers from 0 to {}, with commas between them.</source>
            <translation type="vanished">Möglich sind ganze Zahlen von 0 bis {}, mit Kommas dazwischen.</translation>
        </message>
        <message>
            <source>It needs {}.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>Gebraucht werden {}.</translation>
        </message>
        <message>
            <source>It seems to be of {}, not of Sentinel-2: its bands and colours differ.</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>Es scheint von {} zu sein, nicht von Sentinel-2: Kanäle und Farben sind andere.</translation>
        </message>
        <message>
            <source>It should hold what peft's save_pretrained wrote, as safetensors.</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>Er soll enthalten, was save_pretrained von peft geschrieben hat, als safetensors.</translation>
        </message>
        <message>
            <source>It takes some {:.1f} GB while it is made, {:.1f} GB are free. Make room, or choose another folder.</source>
            <extracomment>gac_qgis_plugin/environment/plan.py</extracomment>
            <translation>Das Anlegen braucht etwa {:.1f} GB, frei sind {:.1f} GB. Platz schaffen, oder einen anderen Ordner wählen.</translation>
        </message>
        <message>
            <source>It takes {}.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>Möglich sind {}.</translation>
        </message>
        <message>
            <source>It was damaged or replaced. Copy or fetch it again.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>Sie wurde beschädigt oder ersetzt. Kopieren oder holen Sie sie noch einmal.</translation>
        </message>
        <message>
            <source>It was damaged or replaced. Copy the whole folder again, or train again.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>Sie wurde beschädigt oder ersetzt. Den ganzen Ordner neu kopieren, oder neu trainieren.</translation>
        </message>
        <message>
            <source>It was damaged or replaced. Fetch or install it again.</source>
            <extracomment>gac_core/store/integrity.py</extracomment>
            <translation>Sie wurde beschädigt oder ersetzt. Neu holen oder neu installieren.</translation>
        </message>
        <message>
            <source>It was damaged or replaced. Fetch, install or train it again.</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>Sie wurde beschädigt oder ersetzt. Neu holen, installieren oder trainieren.</translation>
        </message>
        <message>
            <source>It was trained on another model; the bundle's card names which.</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>Er wurde auf einem anderen Modell trainiert; die Karte des Pakets nennt, auf welchem.</translation>
        </message>
        <message>
            <source>Its brightest hundredths are {} DN, as over water alone: if it shows land, its scale is another. Save it as reflectance from 0 to 1, and give that.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>Sein hellstes Hundertstel liegt bei {} DN, wie über reinem Wasser: Zeigt es Land, ist die Skala eine andere. Es als Reflexion von 0 bis 1 speichern und das angeben.</translation>
        </message>
        <message>
            <source>Its clear pixels are kept, or guide; only the rest is generated</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Klare Pixel daraus werden behalten oder leiten; nur der Rest wird erzeugt</translation>
        </message>
        <message>
            <source>Its clouds</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Seine Wolken</translation>
        </message>
        <message>
            <source>Its files stay</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Seine Dateien bleiben</translation>
        </message>
        <message>
            <source>Its files were moved or deleted.</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>Die Dateien wurden verschoben oder gelöscht.</translation>
        </message>
        <message>
            <source>Its name or tags have several dates ({}), as those of composites do: set its date yourself if it is of one.</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>Name oder Tags nennen mehrere Daten ({}), wie bei Komposita: Das Datum selbst festlegen, falls es von einem ist.</translation>
        </message>
        <message>
            <source>Its stages were not kept (Advanced).</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Seine Stufen wurden nicht behalten (Erweitert).</translation>
        </message>
        <message>
            <source>Keep clear pixels of the same days; let images of other days guide</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Klare Pixel derselben Tage behalten; Bilder anderer Tage leiten nur</translation>
        </message>
        <message>
            <source>Keep clear pixels, generate the others</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Klare Pixel behalten, andere erzeugen</translation>
        </message>
        <message>
            <source>Keep stages</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Stufen behalten</translation>
        </message>
        <message>
            <source>Keep stages for running again</source>
            <translation type="vanished">Stufen für neue Läufe behalten</translation>
        </message>
        <message>
            <source>Keep the token in QGIS, encrypted</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Token in QGIS verschlüsselt behalten</translation>
        </message>
        <message>
            <source>Keep this image's clear pixels and generate the others from radar</source>
            <extracomment>gac_qgis_plugin/gui/fill_action.py</extracomment>
            <translation>Klare Pixel dieses Bilds behalten und die anderen aus Radar erzeugen</translation>
        </message>
        <message>
            <source>Keeps what stages 2 and 3 read, 96 bytes per pixel, so that another run can begin at stage 2 or 3 (Runs, Run again)</source>
            <translation type="vanished">Behält, was die Stufen 2 und 3 lesen, 96 Byte je Pixel, sodass ein weiterer Lauf bei Stufe 2 oder 3 beginnen kann (Läufe, Wiederholen)</translation>
        </message>
        <message>
            <source>Kind</source>
            <extracomment>gac_core/scene/decisions.py, gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Art</translation>
        </message>
        <message>
            <source>Kind of radar</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Art des Radars</translation>
        </message>
        <message>
            <source>Layer</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Layer</translation>
        </message>
        <message>
            <source>Layers or files; of a product as a folder (.SAFE) the folder, by Add Directory…, or the file MTD_MSIL2A.xml in it.</source>
            <extracomment>gac_qgis_plugin/processing/base.py</extracomment>
            <translation>Layer oder Dateien; bei einem Produkt als Ordner (.SAFE) der Ordner, über Verzeichnis hinzufügen…, oder die Datei MTD_MSIL2A.xml darin.</translation>
        </message>
        <message>
            <source>Leave out --workers or --scheduler.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Lassen Sie --workers oder --scheduler weg.</translation>
        </message>
        <message>
            <source>Leave the folder alone until the batch is done; run the same command again.</source>
            <extracomment>gac_core/engine/block_files.py</extracomment>
            <translation>Lassen Sie den Ordner in Ruhe, bis der Stapel fertig ist; führen Sie denselben Befehl noch einmal aus.</translation>
        </message>
        <message>
            <source>Leave the folder alone until the run is done, and run again.</source>
            <extracomment>gac_core/raster/working_file.py</extracomment>
            <translation>Den Ordner in Ruhe lassen, bis der Lauf fertig ist, und neu starten.</translation>
        </message>
        <message>
            <source>Leave the folder alone until the run is done, and run again: damaged parts are computed again.</source>
            <extracomment>gac_core/raster/working_file.py</extracomment>
            <translation>Den Ordner in Ruhe lassen, bis der Lauf fertig ist, und erneut starten: Beschädigtes wird neu berechnet.</translation>
        </message>
        <message>
            <source>Leave them</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Dort lassen</translation>
        </message>
        <message>
            <source>Leaves out the layer's polygons that are not selected</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Lässt Polygone des Layers weg, die nicht gewählt sind</translation>
        </message>
        <message>
            <source>Leaves out the surroundings: faster for small areas, but pixels near the edge differ</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>Lässt die Umgebung weg: schneller bei kleinen Bereichen, aber Pixel am Rand weichen ab</translation>
        </message>
        <message>
            <source>Left of the line, or above it</source>
            <translation type="vanished">Links der Linie oder darüber</translation>
        </message>
        <message>
            <source>Left or above</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Links oder oben</translation>
        </message>
        <message>
            <source>Lens</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Lupe</translation>
        </message>
        <message>
            <source>Letters, digits, '.', '_' and '-' only. Do not use a part unless you know its maker.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>Nur Buchstaben, Ziffern, „.“, „_“ und „-“. Einen Teil nur verwenden, wenn Sie wissen, wer ihn gemacht hat.</translation>
        </message>
        <message>
            <source>Level</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>Level</translation>
        </message>
        <message>
            <source>Libraries</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>Bibliotheken</translation>
        </message>
        <message>
            <source>Line {} of {} names {} files.</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>Zeile {} von {} nennt {} Dateien.</translation>
        </message>
        <message>
            <source>Linear power</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Lineare Leistung</translation>
        </message>
        <message>
            <source>Lists the environment, models, runs and settings with their sizes; asks first</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Listet Umgebung, Modelle, Läufe und Einstellungen mit ihrer Größe auf; fragt vorher</translation>
        </message>
        <message>
            <source>Loading the models of {}</source>
            <extracomment>gac_core/engine/doubt_map.py, gac_core/engine/pipeline.py</extracomment>
            <translation>Modelle werden geladen: {}</translation>
        </message>
        <message>
            <source>Loading the models of {} for the processor</source>
            <extracomment>gac_core/engine/stage_runner.py</extracomment>
            <translation>Modelle werden für den Prozessor geladen: {}</translation>
        </message>
        <message>
            <source>Looked in:</source>
            <extracomment>gac_qgis_plugin/worker/engine.py</extracomment>
            <translation>Gesucht in:</translation>
        </message>
        <message>
            <source>Looking for GPUs on this machine…</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>GPUs dieses Rechners werden gesucht…</translation>
        </message>
        <message>
            <source>Looking for Pythons on this machine…</source>
            <translation type="vanished">Python wird auf diesem Rechner gesucht…</translation>
        </message>
        <message>
            <source>Looking for a Python…</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Ein Python wird gesucht…</translation>
        </message>
        <message>
            <source>Looking for models…</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Modelle werden gesucht…</translation>
        </message>
        <message>
            <source>Looking…</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>Wird gesucht…</translation>
        </message>
        <message>
            <source>Made with</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Angelegt mit</translation>
        </message>
        <message>
            <source>Make it with `make env` in GAC's source folder (see README), and choose its Python in the GAC panel under Advanced, Worker Python.</source>
            <translation type="vanished">Mit „make env“ in GACs Quellordner anlegen (siehe README) und ihr Python im GAC-Bedienfeld unter Erweitert, Python wählen.</translation>
        </message>
        <message>
            <source>Make room before a run.</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>Vor einem Lauf Platz schaffen.</translation>
        </message>
        <message>
            <source>Make room, and run the same command again: what is complete stays.</source>
            <translation type="vanished">Schaffen Sie Platz, und führen Sie denselben Befehl noch einmal aus: was fertig ist, bleibt.</translation>
        </message>
        <message>
            <source>Make room, or choose another folder, and go on: what was fetched is kept.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Platz schaffen, oder einen anderen Ordner wählen, und weitermachen: Was geholt wurde, bleibt.</translation>
        </message>
        <message>
            <source>Making the environment's Python…</source>
            <translation type="vanished">Das Python der Umgebung wird angelegt…</translation>
        </message>
        <message>
            <source>Mangroves</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Mangroven</translation>
        </message>
        <message>
            <source>Map of the adversary's doubt in stage {}: orange as one in twenty places of real images, purple more than any. No probability of error.</source>
            <extracomment>gac_qgis_plugin/gui/compare/trust_group.py</extracomment>
            <translation>Karte des Zweifels des Gegenspielers an Stufe {}: orange wie an einem von zwanzig Orten echter Bilder, violett mehr als an jedem. Keine Fehlerwahrscheinlichkeit.</translation>
        </message>
        <message>
            <source>Map of what stage {} changed: red brighter, blue darker</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Karte dessen, was Stufe {} verändert hat: Rot heller, Blau dunkler</translation>
        </message>
        <message>
            <source>Map of where stage {} contradicts the radar: red as an image of another place, blue as real images, see-through where the radar cannot tell</source>
            <extracomment>gac_qgis_plugin/gui/compare/trust_group.py</extracomment>
            <translation>Karte, wo Stufe {} dem Radar widerspricht: Rot wie ein Bild eines anderen Ortes, Blau wie echte Bilder, durchsichtig, wo das Radar nichts sagt</translation>
        </message>
        <message>
            <source>Margin</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Rand</translation>
        </message>
        <message>
            <source>Margin around clouds in pixels</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Rand um Wolken in Pixeln</translation>
        </message>
        <message>
            <source>Mark as SYNTHETIC</source>
            <extracomment>gac_qgis_plugin/gui/layout_marks.py</extracomment>
            <translation>Als SYNTHETIC kennzeichnen</translation>
        </message>
        <message>
            <source>Mark generated maps as SYNTHETIC</source>
            <extracomment>gac_qgis_plugin/gui/layout_marks.py</extracomment>
            <translation>Erzeugte Karten als SYNTHETIC kennzeichnen</translation>
        </message>
        <message>
            <source>Mean, for larger pixels</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Mittelwert, für größere Pixel</translation>
        </message>
        <message>
            <source>Measured speed of this computer: {}</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>Wie schnell dieser Rechner war: {}</translation>
        </message>
        <message>
            <source>Mediterranean Forests, Woodlands &amp; Scrub</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Mediterrane Wälder, Gehölze und Gebüsche</translation>
        </message>
        <message>
            <source>Memory</source>
            <extracomment>gac_core/doctor.py, gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>Speicher</translation>
        </message>
        <message>
            <source>Memory is enough for {} of {} workers: each may take {}, and {} are free.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Der Speicher reicht für {} von {} Workern: jeder kann {} brauchen, und {} sind frei.</translation>
        </message>
        <message>
            <source>Model</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Model bundle</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Modellpaket</translation>
        </message>
        <message>
            <source>Model bundles</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>Modellpakete</translation>
        </message>
        <message>
            <source>Models</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>Models already live in {}.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>Die Modelle liegen schon in {}.</translation>
        </message>
        <message>
            <source>Models live in {} from now on.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>Die Modelle liegen von jetzt an in {}.</translation>
        </message>
        <message>
            <source>Models: list, download, import, delete</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Modelle: was da ist, herunterladen, importieren, löschen</translation>
        </message>
        <message>
            <source>Models: {}</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>Modelle: {}</translation>
        </message>
        <message>
            <source>Models…</source>
            <extracomment>gac_qgis_plugin/plugin_main.py</extracomment>
            <translation>Modelle…</translation>
        </message>
        <message>
            <source>Montane Grasslands &amp; Shrublands</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Gebirgsgrasländer und -gebüsche</translation>
        </message>
        <message>
            <source>Month</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Monat</translation>
        </message>
        <message>
            <source>Month and biome</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Monat und Biom</translation>
        </message>
        <message>
            <source>Month {}; biome {}</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>Monat {}; Biom {}</translation>
        </message>
        <message>
            <source>Most of it lies under snow: what is generated beside it may not.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>Das meiste liegt unter Schnee: Was daneben erzeugt wird, vielleicht nicht.</translation>
        </message>
        <message>
            <source>Most often memory is too small: give workers more (--memory), or use fewer.</source>
            <translation type="vanished">Meist ist der Speicher zu klein: geben Sie den Workern mehr (--memory), oder nehmen Sie weniger.</translation>
        </message>
        <message>
            <source>Most often memory is too small: use fewer workers, and run the same command again.</source>
            <translation type="vanished">Meist reicht der Speicher nicht: Nehmen Sie weniger Arbeitsprozesse und starten Sie denselben Befehl erneut.</translation>
        </message>
        <message>
            <source>Most often memory is too small: use fewer workers, or computers with more.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Meist ist der Speicher zu klein: weniger Worker nutzen oder Computer mit mehr Speicher.</translation>
        </message>
        <message>
            <source>Move it away, or choose another name.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>Sie verschieben, oder einen anderen Namen wählen.</translation>
        </message>
        <message>
            <source>Move it away.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>Sie verschieben.</translation>
        </message>
        <message>
            <source>Move that away first.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>Räumen Sie das zuerst weg.</translation>
        </message>
        <message>
            <source>Move that away, or choose another folder with --out.</source>
            <extracomment>gac_core/store/integrity.py</extracomment>
            <translation>Das anderswohin verschieben, oder mit --out einen anderen Ordner wählen.</translation>
        </message>
        <message>
            <source>Move the file elsewhere, or choose another output folder.</source>
            <extracomment>gac_core/engine/folder.py</extracomment>
            <translation>Die Datei anderswohin legen, oder einen anderen Ausgabeordner wählen.</translation>
        </message>
        <message>
            <source>Move the folder back to where it was, or start the run anew.</source>
            <translation type="vanished">Den Ordner dorthin zurücklegen, wo er war, oder den Lauf neu beginnen.</translation>
        </message>
        <message>
            <source>Move the models in {}?</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Was soll mit den Modellen in {} geschehen?</translation>
        </message>
        <message>
            <source>Move the mouse over the run's area on the map.</source>
            <translation type="vanished">Die Maus auf der Karte über das Gebiet des Laufs bewegen.</translation>
        </message>
        <message>
            <source>Move them</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Verschieben</translation>
        </message>
        <message>
            <source>Move: they are copied to {} and then deleted here. Leave: they stay here and GAC no longer sees them.</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Verschoben werden sie nach {} kopiert und dann hier gelöscht. Gelassen bleiben sie hier, und GAC sieht sie nicht mehr.</translation>
        </message>
        <message>
            <source>Move…</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Verschieben…</translation>
        </message>
        <message>
            <source>My certificate</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Mein Zertifikat</translation>
        </message>
        <message>
            <source>My key</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Mein Schlüssel</translation>
        </message>
        <message>
            <source>NDVI</source>
            <extracomment>gac_qgis_plugin/styles.py</extracomment>
            <translation>NDVI</translation>
        </message>
        <message>
            <source>NDVI has a range of its own: -0.2 to 0.9</source>
            <extracomment>gac_qgis_plugin/gui/compare/range_choice.py</extracomment>
            <translation>NDVI hat einen eigenen Wertebereich: -0.2 bis 0.9</translation>
        </message>
        <message>
            <source>NVIDIA GPU (CUDA)</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>NVIDIA-GPU (CUDA)</translation>
        </message>
        <message>
            <source>Name</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Name</translation>
        </message>
        <message>
            <source>Name a CPython {}, or none: then one is found or fetched.</source>
            <extracomment>gac_qgis_plugin/environment/choices.py</extracomment>
            <translation>Ein CPython {} angeben, oder keines: Dann wird eines gefunden oder geholt.</translation>
        </message>
        <message>
            <source>Name a folder for the results.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Einen Ordner für die Ergebnisse nennen.</translation>
        </message>
        <message>
            <source>Name a folder or pattern with files that end in {}.</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>Nennen Sie einen Ordner oder ein Muster mit Dateien, die auf {} enden.</translation>
        </message>
        <message>
            <source>Name all of them in file order; - stands for any that is no band.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>Alle in der Reihenfolge der Datei nennen; - steht für alles, was kein Kanal ist.</translation>
        </message>
        <message>
            <source>Name its bands yourself, in file order, such as B02,B03,B04,B08; - stands for any other.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>Nennen Sie die Kanäle selbst, in der Reihenfolge der Datei, etwa B02,B03,B04,B08; - steht für jeden anderen.</translation>
        </message>
        <message>
            <source>Name one as {}.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Als {} angeben.</translation>
        </message>
        <message>
            <source>Name one, beside the radar.</source>
            <extracomment>gac_core/engine/observed.py</extracomment>
            <translation>Eines nennen, zusätzlich zum Radar.</translation>
        </message>
        <message>
            <source>Name the bundle that it was trained on (--base; --bundle in trainings), or train it on this one.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>Das Paket nennen, auf dem er trainiert wurde (--base; bei Trainings --bundle), oder auf diesem trainieren.</translation>
        </message>
        <message>
            <source>Name the file.</source>
            <extracomment>gac_core/contract/optical_options.py, gac_core/contract/request.py</extracomment>
            <translation>Die Datei nennen.</translation>
        </message>
        <message>
            <source>Name the folder of the bundle itself.</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>Nennen Sie den Ordner des Pakets selbst.</translation>
        </message>
        <message>
            <source>Name the folder or the archive that holds the models.</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>Nennen Sie den Ordner oder das Archiv mit den Modellen.</translation>
        </message>
        <message>
            <source>Name the folder that a training left (its best or last), or train again.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>Den Ordner nennen, den ein Training hinterließ (best oder last), oder neu trainieren.</translation>
        </message>
        <message>
            <source>Name the folder that training.train_stage{} left.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>Den Ordner nennen, den training.train_stage{} hinterließ.</translation>
        </message>
        <message>
            <source>Name the one with the clouds: {}</source>
            <extracomment>gac_core/optical/polygons.py</extracomment>
            <translation>Den mit den Wolken nennen: {}</translation>
        </message>
        <message>
            <source>Name the output folder of a run that was interrupted.</source>
            <extracomment>gac_core/cli/commands.py</extracomment>
            <translation>Den Ausgabeordner eines unterbrochenen Laufs nennen.</translation>
        </message>
        <message>
            <source>Name the output folder of a run.</source>
            <extracomment>gac_core/engine/stage_cache.py</extracomment>
            <translation>Den Ausgabeordner eines Laufs nennen.</translation>
        </message>
        <message>
            <source>Name the scores.json that training.evaluate wrote.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>Die scores.json nennen, die training.evaluate geschrieben hat.</translation>
        </message>
        <message>
            <source>Name the values of the mask that are clear.</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>Die Werte der Maske nennen, die klar bedeuten.</translation>
        </message>
        <message>
            <source>Name the values that are clear as a range, such as 0-40 of a probability of clouds in percent, or 0.6-1 of a score that is 1 where it is clear.</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>Die Werte, die klar bedeuten, als Bereich nennen, etwa 0-40 bei einer Wolkenwahrscheinlichkeit in Prozent oder 0.6-1 bei einem Wert, der 1 ist, wo es klar ist.</translation>
        </message>
        <message>
            <source>Name the values that are clear, such as 1.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>Die Werte nennen, die klar bedeuten, etwa 1.</translation>
        </message>
        <message>
            <source>Name the values that are clear: 1 if the mask marks what is clear, else 0.</source>
            <translation type="vanished">Die Werte nennen, die klar bedeuten: 1, wenn die Maske das Klare kennzeichnet, sonst 0.</translation>
        </message>
        <message>
            <source>Name the values that are clear: 1 if the mask marks what is clear; 0 if it does not, as where snow lies beside shadows.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>Die Werte nennen, die klar bedeuten: 1, wenn die Maske das Klare kennzeichnet; 0, wenn nicht, etwa wo Schnee neben Schatten liegt.</translation>
        </message>
        <message>
            <source>Name the values that are clear; of a scene classification (SCL) these are {}.</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>Die Werte nennen, die klar bedeuten; bei einer Szenenklassifikation (SCL) sind es {}.</translation>
        </message>
        <message>
            <source>Name them so in the file's band descriptions, or give a file of just these four.</source>
            <extracomment>gac_core/scores/rasters.py</extracomment>
            <translation>Sie in den Kanalbeschreibungen der Datei so benennen, oder eine Datei mit nur diesen vier angeben.</translation>
        </message>
        <message>
            <source>Name {} if it is clear; if it is not, save the mask with 0 where it is clear.</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>{} nennen, wenn das klar bedeutet; wenn nicht, die Maske mit 0 speichern, wo es klar ist.</translation>
        </message>
        <message>
            <source>Nearest: values as they are</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Nächster Nachbar: Werte unverändert</translation>
        </message>
        <message>
            <source>New run instead</source>
            <extracomment>gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>Stattdessen neuer Lauf</translation>
        </message>
        <message>
            <source>No Dask scheduler answers at {}: {}.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Unter {} antwortet kein Dask-Scheduler: {}.</translation>
        </message>
        <message>
            <source>No GPU was found that PyTorch can use here (NVIDIA, or AMD on Linux): GAC computes on the processor.</source>
            <extracomment>gac_qgis_plugin/environment/machine.py</extracomment>
            <translation>Keine GPU wurde gefunden, die PyTorch hier benutzen kann (NVIDIA, unter Linux auch AMD): GAC rechnet auf dem Prozessor.</translation>
        </message>
        <message>
            <source>No NVIDIA GPU was found: GAC computes on the processor.</source>
            <translation type="vanished">Keine NVIDIA-GPU wurde gefunden: GAC rechnet auf dem Prozessor.</translation>
        </message>
        <message>
            <source>No Python was found here. Install Python 3.11 and look again, or name one.</source>
            <translation type="vanished">Hier wurde kein Python gefunden. Python 3.11 installieren und neu suchen, oder eines angeben.</translation>
        </message>
        <message>
            <source>No Sentinel-2 image was given.</source>
            <extracomment>gac_core/engine/observed.py</extracomment>
            <translation>Es wurde kein Sentinel-2-Bild angegeben.</translation>
        </message>
        <message>
            <source>No band has values below {}</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>Kein Kanal hat Werte unter {}</translation>
        </message>
        <message>
            <source>No band has values below {}: an offset of {} DN is taken off. Choose 0 if it gets too dark.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>Kein Kanal hat Werte unter {}: Ein Offset von {} DN wird abgezogen. 0 wählen, wenn es zu dunkel wird.</translation>
        </message>
        <message>
            <source>No clouds</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Keine Wolken</translation>
        </message>
        <message>
            <source>No data</source>
            <extracomment>gac_core/scene/decisions.py, gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Leerwert</translation>
        </message>
        <message>
            <source>No fitting Python was found, and none could be fetched.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Kein passendes Python wurde gefunden, und keines konnte geholt werden.</translation>
        </message>
        <message>
            <source>No map here shows images of GAC without a mark.</source>
            <extracomment>gac_qgis_plugin/gui/layout_marks.py</extracomment>
            <translation>Hier zeigt keine Karte Bilder von GAC ohne Kennzeichnung.</translation>
        </message>
        <message>
            <source>No offset should be in the values ({}), but no band has any below {}: choose an offset of {} if it looks hazy.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>In den Werten sollte kein Offset sein ({}), aber kein Kanal hat welche unter {}: Offset {} wählen, wenn es dunstig aussieht.</translation>
        </message>
        <message>
            <source>No output folder was given.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Es wurde kein Ausgabeordner angegeben.</translation>
        </message>
        <message>
            <source>No pixel of the optical image is clear: it changes nothing, all is generated.</source>
            <extracomment>gac_core/optical/reference.py</extracomment>
            <translation>Kein Pixel des optischen Bilds ist klar: Es ändert nichts, alles wird erzeugt.</translation>
        </message>
        <message>
            <source>No radar layer is chosen.</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Es ist kein Radarlayer gewählt.</translation>
        </message>
        <message>
            <source>No radar was given.</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Es wurde kein Radar genannt.</translation>
        </message>
        <message>
            <source>No results yet. Run GAC, or open a run in Runs.</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Noch keine Ergebnisse. GAC starten, oder unter „Läufe“ einen Lauf öffnen.</translation>
        </message>
        <message>
            <source>No runs yet.</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Noch keine Läufe.</translation>
        </message>
        <message>
            <source>No runs yet. Runs are listed here once started.</source>
            <translation type="vanished">Noch keine Läufe. Begonnene stehen dann hier.</translation>
        </message>
        <message>
            <source>No stage is chosen.</source>
            <extracomment>gac_qgis_plugin/export/parameters.py</extracomment>
            <translation>Keine Stufe ist gewählt.</translation>
        </message>
        <message>
            <source>No token was given.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Es wurde kein Token angegeben.</translation>
        </message>
        <message>
            <source>No {} was given.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Es fehlt die Angabe: {}.</translation>
        </message>
        <message>
            <source>Nobody vouches that {} is the file of {}: {} alone will use it.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>Niemand bürgt dafür, dass {} die Datei von {} ist: Nur {} wird sie benutzen.</translation>
        </message>
        <message>
            <source>Nodata</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Leerwert</translation>
        </message>
        <message>
            <source>Nodata value</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Nodata-Wert</translation>
        </message>
        <message>
            <source>Nodata value (empty: as the file says)</source>
            <translation type="vanished">Leerwert (leer: wie in der Datei)</translation>
        </message>
        <message>
            <source>None of the {} polygons in {} lies here: all counts as clear.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>Keines der {} Polygone in {} liegt hier: Alles gilt als klar.</translation>
        </message>
        <message>
            <source>None of the {} scenes can be computed. {}</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>Keine der {} Szenen kann berechnet werden. {}</translation>
        </message>
        <message>
            <source>Not everything in {} could be deleted.</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>Nicht alles in {} konnte gelöscht werden.</translation>
        </message>
        <message>
            <source>Not ready.</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Es ist nicht bereit.</translation>
        </message>
        <message>
            <source>Note: {}.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>Hinweis: {}.</translation>
        </message>
        <message>
            <source>Notes on these models</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Hinweise zu diesen Modellen</translation>
        </message>
        <message>
            <source>Nothing names the files: {}, the stronger one, is taken as VV.</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>Nichts benennt die Dateien: {}, stärker als die andere, gilt als VV.</translation>
        </message>
        <message>
            <source>Nothing to compare: no pixel {} px away from all nodata, or an image without any edges.</source>
            <extracomment>gac_core/scores/rasters.py</extracomment>
            <translation>Nichts zu vergleichen: Kein Pixel ist {} px von allen Leerwerten entfernt, oder das Bild hat keine Kanten.</translation>
        </message>
        <message>
            <source>OBSERVED: Sentinel-2's own pixels; those that GAC generated are left out.</source>
            <extracomment>gac_qgis_plugin/export/parameters.py</extracomment>
            <translation>OBSERVED: Pixel von Sentinel-2 selbst; was GAC erzeugt hat, ist weggelassen.</translation>
        </message>
        <message>
            <source>Observed and generated pixels</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>Beobachtete und erzeugte Pixel</translation>
        </message>
        <message>
            <source>Observed only; generated ones without data</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Nur beobachtete; erzeugte ohne Daten</translation>
        </message>
        <message>
            <source>Observed pixels are Sentinel-2's own; blended ones are generated.</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Beobachtete Pixel sind von Sentinel-2 selbst; gemischte sind erzeugt.</translation>
        </message>
        <message>
            <source>Offset</source>
            <extracomment>gac_core/optical/reflectance.py, gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Offset</translation>
        </message>
        <message>
            <source>Offset of Sentinel-2</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Offset von Sentinel-2</translation>
        </message>
        <message>
            <source>On held-out places {} is better than {} in {}, but no better than {}.</source>
            <extracomment>gac_core/bundles/findings.py</extracomment>
            <translation>An zurückgehaltenen Orten ist {} besser als {} in {}, aber nicht besser als {}.</translation>
        </message>
        <message>
            <source>On held-out places {} is undefined for {} of {} images, and defined in the stage before.</source>
            <extracomment>gac_core/bundles/findings.py</extracomment>
            <translation>An zurückgehaltenen Orten ist {} für {} von {} Bildern nicht definiert, in der Stufe davor aber schon.</translation>
        </message>
        <message>
            <source>On held-out places {} is worse than in the stage before: {} after {}.</source>
            <extracomment>gac_core/bundles/findings.py</extracomment>
            <translation>An zurückgehaltenen Orten ist {} schlechter als in der Stufe davor: {} nach {}.</translation>
        </message>
        <message>
            <source>On held-out places {} is worse than {} in {} by {} (95% interval {} to {}, {} images).</source>
            <extracomment>gac_core/bundles/findings.py</extracomment>
            <translation>An zurückgehaltenen Orten ist {} schlechter als {} in {}, um {} (95-%-Intervall {} bis {}, {} Bilder).</translation>
        </message>
        <message>
            <source>On held-out places {} is worse than {} in {} by {} on the only image.</source>
            <extracomment>gac_core/bundles/findings.py</extracomment>
            <translation>An zurückgehaltenen Orten ist {} schlechter als {} in {}, um {} auf dem einzigen Bild.</translation>
        </message>
        <message>
            <source>On held-out places {} may be worse than in the stage before: {} after {}.</source>
            <extracomment>gac_core/bundles/findings.py</extracomment>
            <translation>An zurückgehaltenen Orten ist {} vielleicht schlechter als in der Stufe davor: {} nach {}.</translation>
        </message>
        <message>
            <source>On held-out places {} may be worse than {} in {}: by {} on the mean of {} images, but the 95% interval of that, {} to {}, holds 0.</source>
            <extracomment>gac_core/bundles/findings.py</extracomment>
            <translation>An zurückgehaltenen Orten ist {} vielleicht schlechter als {} in {}: um {} im Mittel von {} Bildern, aber das 95-%-Intervall davon, {} bis {}, enthält 0.</translation>
        </message>
        <message>
            <source>On held-out places {}.</source>
            <extracomment>gac_core/bundles/findings.py</extracomment>
            <translation>On held-out places {}.</translation>
        </message>
        <message>
            <source>One file, or one each for VV and VH</source>
            <extracomment>gac_qgis_plugin/gui/start_group.py</extracomment>
            <translation>Eine Datei, oder je eine für VV und VH</translation>
        </message>
        <message>
            <source>One of TerraMind's two kinds of radar</source>
            <translation type="vanished">Welche der beiden Arten von Radar, die TerraMind kennt, das ist</translation>
        </message>
        <message>
            <source>One: generate</source>
            <translation type="vanished">Eine: nur Erzeugen</translation>
        </message>
        <message>
            <source>Only an Intel GPU was found. PyTorch has a build for some of them (XPU), but GAC does not compute on it: PyTorch for the processor is enough.</source>
            <extracomment>gac_qgis_plugin/environment/machine.py</extracomment>
            <translation>Nur eine Intel-GPU ist da. Für manche davon gibt es ein PyTorch (XPU), aber GAC rechnet nicht darauf: PyTorch für den Prozessor reicht.</translation>
        </message>
        <message>
            <source>Only for models that ask for permission. It is never logged or written in clear.</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Nur für Modelle, die eine Erlaubnis verlangen. Es wird nie protokolliert oder im Klartext geschrieben.</translation>
        </message>
        <message>
            <source>Only stage {}, {}</source>
            <translation type="vanished">Nur Stufe {}, {}</translation>
        </message>
        <message>
            <source>Only stage {}, {}: {}</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Nur Stufe {}, {}: {}</translation>
        </message>
        <message>
            <source>Only what it covers, in units of its CRS</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Nur, was es bedeckt, in Einheiten seines KBS</translation>
        </message>
        <message>
            <source>Open</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>Open GAC's panel and press the button beside this message; or name the Python of an environment of your own there under Advanced, Worker Python.</source>
            <translation type="vanished">Das GAC-Bedienfeld öffnen und den Knopf neben dieser Meldung drücken; oder dort unter Erweitert, Python das Python einer eigenen Umgebung angeben.</translation>
        </message>
        <message>
            <source>Open Sentinel-1 files</source>
            <extracomment>gac_qgis_plugin/gui/dock.py</extracomment>
            <translation>Sentinel-1-Dateien öffnen</translation>
        </message>
        <message>
            <source>Open a Sentinel-1 file with VV and VH.</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Eine Sentinel-1-Datei mit VV und VH öffnen.</translation>
        </message>
        <message>
            <source>Open a Sentinel-1 file…</source>
            <extracomment>gac_qgis_plugin/gui/start_group.py</extracomment>
            <translation>Sentinel-1-Datei öffnen…</translation>
        </message>
        <message>
            <source>Open folder</source>
            <extracomment>gac_qgis_plugin/gui/messages.py, gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Ordner öffnen</translation>
        </message>
        <message>
            <source>Open the demo scene</source>
            <extracomment>gac_qgis_plugin/gui/start_group.py</extracomment>
            <translation>Demo-Szene öffnen</translation>
        </message>
        <message>
            <source>Opens the guide: the meaning of pixels and settings</source>
            <extracomment>gac_qgis_plugin/gui/guide.py</extracomment>
            <translation>Öffnet die Anleitung: was die Pixel sind, was die Einstellungen bedeuten</translation>
        </message>
        <message>
            <source>Opens the window that sets up the Python environment of GAC's models.</source>
            <translation type="vanished">Öffnet das Fenster, das die Python-Umgebung der Modelle einrichtet.</translation>
        </message>
        <message>
            <source>Optical bands</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>Optische Kanäle</translation>
        </message>
        <message>
            <source>Optical date</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>Datum (optisch)</translation>
        </message>
        <message>
            <source>Or choose another build of PyTorch, e.g. the package index's.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Oder eine andere Variante von PyTorch wählen, etwa die des Paketindexes.</translation>
        </message>
        <message>
            <source>Or use the processor.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Oder den Prozessor benutzen.</translation>
        </message>
        <message>
            <source>Other date</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Anderes Datum</translation>
        </message>
        <message>
            <source>Other date: {}</source>
            <extracomment>gac_core/optical/reference.py, gac_qgis_plugin/gui/optical_group.py, gac_qgis_plugin/runs.py</extracomment>
            <translation>Anderes Datum: {}</translation>
        </message>
        <message>
            <source>Other files in the folder stay.</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>Andere Dateien im Ordner bleiben.</translation>
        </message>
        <message>
            <source>Other users of this computer can write to {}, where Dask's own files would lie, and could have GAC's workers run their programs.</source>
            <translation type="vanished">Andere Benutzer dieses Rechners können in {} schreiben, wo Dasks eigene Dateien liegen würden, und könnten GACs Worker ihre Programme ausführen lassen.</translation>
        </message>
        <message>
            <source>Other users of {} can write to {}, where the worker keeps its files, and could have it run their programs.</source>
            <extracomment>gac_core/engine/batch_tasks.py</extracomment>
            <translation>Andere Benutzer von {} können in {} schreiben, wo der Worker seine Dateien hat, und könnten ihn ihre Programme ausführen lassen.</translation>
        </message>
        <message>
            <source>Output folder</source>
            <extracomment>gac_qgis_plugin/gui/dock.py, gac_qgis_plugin/processing/batch.py, gac_qgis_plugin/processing/run.py</extracomment>
            <translation>Ausgabeordner</translation>
        </message>
        <message>
            <source>Override</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Wenn das nicht stimmt</translation>
        </message>
        <message>
            <source>PARTLY OBSERVED, demo: clear pixels kept, the rest SYNTHETIC</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>PARTLY OBSERVED, Demo: Rest SYNTHETIC</translation>
        </message>
        <message>
            <source>PARTLY OBSERVED: clear pixels kept, the rest SYNTHETIC</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>PARTLY OBSERVED: Klares behalten, Rest SYNTHETIC</translation>
        </message>
        <message>
            <source>PARTLY OBSERVED: {} of the pixels are Sentinel-2's (1 in {}), all others are SYNTHETIC: generated, not observed.</source>
            <extracomment>gac_core/engine/pipeline.py</extracomment>
            <translation>PARTLY OBSERVED: {} der Pixel sind von Sentinel-2 (1 in {}), alle anderen sind SYNTHETIC: erzeugt, nicht beobachtet.</translation>
        </message>
        <message>
            <source>PARTLY OBSERVED: {} of the pixels are Sentinel-2's; all others are SYNTHETIC, generated by models from radar.</source>
            <extracomment>gac_qgis_plugin/labels.py</extracomment>
            <translation>PARTLY OBSERVED: {} der Pixel sind von Sentinel-2; alle anderen sind SYNTHETIC, von Modellen aus Radar erzeugt.</translation>
        </message>
        <message>
            <source>Pack it without --half.</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>Ohne --half packen.</translation>
        </message>
        <message>
            <source>Packages from</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Pakete von</translation>
        </message>
        <message>
            <source>Pause</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Paused. Downloaded data is kept; Continue resumes.</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Angehalten. Was geholt wurde, bleibt; „Weiter“ macht dort weiter.</translation>
        </message>
        <message>
            <source>Pixel</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Pixel</translation>
        </message>
        <message>
            <source>Pixel spacing</source>
            <extracomment>gac_core/optical/reference.py, gac_core/scene/decisions.py</extracomment>
            <translation>Pixelgröße</translation>
        </message>
        <message>
            <source>Pixels</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Pixel</translation>
        </message>
        <message>
            <source>Pixels are resampled: values are not those of the result.</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Pixel werden umgerechnet: Die Werte sind nicht die des Ergebnisses.</translation>
        </message>
        <message>
            <source>Pixels near {} saw nodata there: these failed.</source>
            <extracomment>gac_core/engine/block_files.py</extracomment>
            <translation>Pixel bei {} sahen dort keine Daten: diese scheiterten.</translation>
        </message>
        <message>
            <source>Pixels stay as they are: nothing is resampled.</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Die Pixel bleiben, wie sie sind: Nichts wird umgerechnet.</translation>
        </message>
        <message>
            <source>Pixels whose centre lies in one of its polygons are kept.</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Pixel, deren Mitte in einem der Polygone liegt, bleiben.</translation>
        </message>
        <message>
            <source>Planetary Computer</source>
            <extracomment>gac_core/scene/metadata.py</extracomment>
            <translation>Planetary Computer</translation>
        </message>
        <message>
            <source>Plug in the disk that it is on, or choose another folder: `gac models folder`, or Models in QGIS.</source>
            <extracomment>gac_core/store/lock.py</extracomment>
            <translation>Schließen Sie die Platte an, auf der er liegt, oder wählen Sie einen anderen Ordner: `gac models folder` oder Modelle in QGIS.</translation>
        </message>
        <message>
            <source>Point at the run on the map.</source>
            <extracomment>gac_qgis_plugin/gui/compare/readout.py</extracomment>
            <translation>Auf der Karte auf den Lauf zeigen.</translation>
        </message>
        <message>
            <source>Polygon layer</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Polygonlayer</translation>
        </message>
        <message>
            <source>Preview: click on the map to compute the tile there with the settings above. 1, 2, 3 choose the stage, B the next one, Escape ends.</source>
            <translation type="vanished">Vorschau: auf die Karte klicken, dann geht die Kachel dort mit den Einstellungen oben durch die Stufen. 1, 2, 3 wählen die Stufe, B die nächste, Escape beendet.</translation>
        </message>
        <message>
            <source>Preview: starting…</source>
            <extracomment>gac_qgis_plugin/gui/lens.py</extracomment>
            <translation>Vorschau: startet…</translation>
        </message>
        <message>
            <source>Previews left by a crash: {}</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>Vorschauen, die ein Absturz hinterlassen hat: {}</translation>
        </message>
        <message>
            <source>Prithvi has {} blocks, of which {} are not some</source>
            <extracomment>gac_core/networks/prithvi.py</extracomment>
            <translation>Prithvi hat {} Blöcke, {} davon sind nicht möglich</translation>
        </message>
        <message>
            <source>Prithvi-EO-2.0 600M (IBM/NASA), for training stage 2</source>
            <extracomment>resources/bundles/prithvi-600M/bundle.json</extracomment>
            <translation>Prithvi-EO-2.0 600M (IBM/NASA), zum Trainieren von Stufe 2</translation>
        </message>
        <message>
            <source>Processes of this computer</source>
            <extracomment>gac_core/contract/batch_request.py</extracomment>
            <translation>Prozesse dieses Computers</translation>
        </message>
        <message>
            <source>Processes of this computer (0: as many as fit)</source>
            <translation type="vanished">Prozesse dieses Rechners (0: so viele, wie passen)</translation>
        </message>
        <message>
            <source>Processor (CPU)</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Prozessor (CPU)</translation>
        </message>
        <message>
            <source>Profile</source>
            <extracomment>gac_qgis_plugin/gui/diagnostics.py</extracomment>
            <translation>Profil</translation>
        </message>
        <message>
            <source>Put it back, or add the layer to the project again.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Die Datei zurücklegen oder den Layer neu zum Projekt hinzufügen.</translation>
        </message>
        <message>
            <source>Put it back, or choose other stages.</source>
            <extracomment>gac_qgis_plugin/export/parameters.py</extracomment>
            <translation>Es zurücklegen oder andere Stufen wählen.</translation>
        </message>
        <message>
            <source>Put it back, or export all pixels.</source>
            <extracomment>gac_qgis_plugin/export/parameters.py</extracomment>
            <translation>Die Datei zurücklegen, oder alle Pixel exportieren.</translation>
        </message>
        <message>
            <source>Put it back, or remove its layer and run again.</source>
            <extracomment>gac_qgis_plugin/gui/compare/session.py</extracomment>
            <translation>Die Datei zurücklegen, oder ihren Layer entfernen und neu starten.</translation>
        </message>
        <message>
            <source>Put it back, or run again with the new one.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>Sie zurücklegen, oder mit der neuen noch einmal laufen.</translation>
        </message>
        <message>
            <source>Put it back, or run again.</source>
            <extracomment>gac_qgis_plugin/export/task.py</extracomment>
            <translation>Die Datei zurücklegen, oder neu starten.</translation>
        </message>
        <message>
            <source>Put its bundle back as it was, or run again.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>Stellen Sie sein Paket wieder her, wie es war, oder rechnen Sie noch einmal.</translation>
        </message>
        <message>
            <source>Put its files back, or add them to the project.</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>Die Dateien zurücklegen, oder sie zum Projekt hinzufügen.</translation>
        </message>
        <message>
            <source>Put its files back, or resume it if it is unfinished.</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>Die Dateien zurücklegen, oder den Lauf fortsetzen, wenn er unfertig ist.</translation>
        </message>
        <message>
            <source>Put its wheel there: {}</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Sein Wheel dorthin legen: {}</translation>
        </message>
        <message>
            <source>Put that file back in its place, or build the virtual raster again.</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>Diese Datei an ihren Platz zurücklegen, oder das virtuelle Raster neu bauen.</translation>
        </message>
        <message>
            <source>Put that folder beside it, or export the product as GeoTIFF.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>Diesen Ordner daneben legen, oder das Produkt als GeoTIFF exportieren.</translation>
        </message>
        <message>
            <source>Put the whole file back, or run again.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>Die ganze Datei zurücklegen, oder neu starten.</translation>
        </message>
        <message>
            <source>PyTorch</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>PyTorch</translation>
        </message>
        <message>
            <source>PyTorch finds no NVIDIA GPU</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>PyTorch findet keine NVIDIA-GPU</translation>
        </message>
        <message>
            <source>PyTorch finds none.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>PyTorch findet keine.</translation>
        </message>
        <message>
            <source>PyTorch for Apple silicon. GAC computes on its processor cores.</source>
            <extracomment>gac_qgis_plugin/environment/machine.py</extracomment>
            <translation>PyTorch für Apple Silicon. GAC rechnet auf dessen Prozessorkernen.</translation>
        </message>
        <message>
            <source>PyTorch is not made for Macs with Intel processors any more.</source>
            <extracomment>gac_qgis_plugin/environment/machine.py</extracomment>
            <translation>PyTorch gibt es für Macs mit Intel-Prozessoren nicht mehr.</translation>
        </message>
        <message>
            <source>PyTorch needs a 64-bit system; this is {}.</source>
            <extracomment>gac_qgis_plugin/environment/machine.py</extracomment>
            <translation>PyTorch braucht ein 64-Bit-System; dieses ist {}.</translation>
        </message>
        <message>
            <source>PyTorch needs macOS {} or newer.</source>
            <extracomment>gac_qgis_plugin/environment/machine.py</extracomment>
            <translation>PyTorch braucht macOS {} oder neuer.</translation>
        </message>
        <message>
            <source>PyTorch needs the ordinary CPython.</source>
            <translation type="vanished">PyTorch braucht das gewöhnliche CPython.</translation>
        </message>
        <message>
            <source>PyTorch with CUDA {}: {} with driver {} and {:.0f} GiB can use it.</source>
            <extracomment>gac_qgis_plugin/environment/machine.py</extracomment>
            <translation>PyTorch mit CUDA {}: {} mit Treiber {} und {:.0f} GiB kann es nutzen.</translation>
        </message>
        <message>
            <source>PyTorch with ROCm: an AMD GPU (target {}) can use it.</source>
            <extracomment>gac_qgis_plugin/environment/machine.py</extracomment>
            <translation>PyTorch mit ROCm: Eine AMD-GPU (Ziel {}) kann es benutzen.</translation>
        </message>
        <message>
            <source>PyTorch {} could not be chosen.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>PyTorch {} konnte nicht gewählt werden.</translation>
        </message>
        <message>
            <source>PyTorch's libraries cannot be loaded.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>PyTorchs Bibliotheken lassen sich nicht laden.</translation>
        </message>
        <message>
            <source>Python of the models' environment</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Das Python der Modellumgebung</translation>
        </message>
        <message>
            <source>QA60</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>QA60</translation>
        </message>
        <message>
            <source>QA60 is empty for this date</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>QA60 ist für dieses Datum leer</translation>
        </message>
        <message>
            <source>QGIS cannot read the result {}.</source>
            <extracomment>gac_qgis_plugin/layers.py</extracomment>
            <translation>QGIS kann das Ergebnis {} nicht lesen.</translation>
        </message>
        <message>
            <source>QGIS cannot read {} as a raster.</source>
            <extracomment>gac_qgis_plugin/radar_layers.py</extracomment>
            <translation>QGIS kann {} nicht als Raster lesen.</translation>
        </message>
        <message>
            <source>QGIS cannot read {}.</source>
            <extracomment>gac_qgis_plugin/batches.py, gac_qgis_plugin/gui/reference_watch.py, gac_qgis_plugin/maps.py, gac_qgis_plugin/radar_layers.py</extracomment>
            <translation>QGIS kann {} nicht lesen.</translation>
        </message>
        <message>
            <source>QGIS removes the plugin only, not these files. Remove here what you do not want to keep, then uninstall GAC in the plugin manager.</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>QGIS entfernt nur die Erweiterung selbst; hiervon weiß es nichts. Entfernen Sie hier, was Sie nicht behalten wollen, und deinstallieren Sie GAC dann in der Erweiterungsverwaltung.</translation>
        </message>
        <message>
            <source>QGIS's certificates cannot be handed on: {}.</source>
            <extracomment>gac_qgis_plugin/worker/engine.py</extracomment>
            <translation>QGIS’ Zertifikate können nicht weitergegeben werden: {}.</translation>
        </message>
        <message>
            <source>Quick</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>Schnell</translation>
        </message>
        <message>
            <source>Quick: without surroundings</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Schnell: ohne Umgebung</translation>
        </message>
        <message>
            <source>Radar</source>
            <extracomment>gac_qgis_plugin/gui/compare/readout.py, gac_qgis_plugin/gui/lens.py, gac_qgis_plugin/gui/runs_panel.py, gac_qgis_plugin/gui/start_group.py</extracomment>
            <translation>Radar</translation>
        </message>
        <message>
            <source>Radar (Sentinel-1)</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Radar (Sentinel-1)</translation>
        </message>
        <message>
            <source>Radar files or folders, one per line</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Dateien oder Ordner, je Zeile eine Angabe</translation>
        </message>
        <message>
            <source>Radar files, folders, patterns (*.tif), lists (.txt) or STAC items (.json), one per line</source>
            <translation type="vanished">Radardateien, Ordner, Muster (*.tif), Listen (.txt) oder STAC-Items (.json), eines je Zeile</translation>
        </message>
        <message>
            <source>Radar for the eye: red VV, green VH, blue VV/VH. Measure in the radar itself.</source>
            <extracomment>gac_qgis_plugin/radar_layers.py</extracomment>
            <translation>Radar zum Ansehen: Rot VV, Grün VH, Blau VV/VH. Messen Sie im Radar selbst.</translation>
        </message>
        <message>
            <source>Radar layer (Sentinel-1 VV and VH, or VV)</source>
            <extracomment>gac_qgis_plugin/processing/run.py</extracomment>
            <translation>Radar-Layer (Sentinel-1 VV und VH, oder VV)</translation>
        </message>
        <message>
            <source>Radar layers (Sentinel-1), one scene each</source>
            <translation type="vanished">Radarlayer (Sentinel-1), je eine Szene</translation>
        </message>
        <message>
            <source>Radar layers, one scene each</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Radarlayer, je eine Szene</translation>
        </message>
        <message>
            <source>Radar look</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Radaransicht</translation>
        </message>
        <message>
            <source>Radar look (GAC)</source>
            <extracomment>gac_qgis_plugin/plugin_main.py</extracomment>
            <translation>Radaransicht (GAC)</translation>
        </message>
        <message>
            <source>Radar look: VV in grey by its dB, and above it VV, VH and VV/VH in red, green and blue. The former style stays in the layer's list of styles.</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Radaransicht: VV in Grau nach seinen dB, darüber VV, VH und VV/VH in Rot, Grün und Blau. Der bisherige Stil bleibt in der Stilliste des Layers.</translation>
        </message>
        <message>
            <source>Radar, area, month, biome, seed and the steps of stage 1 stay.</source>
            <extracomment>gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>Radar, Bereich, Monat, Biom, Seed und die Schritte der Stufe 1 bleiben.</translation>
        </message>
        <message>
            <source>Radar, area, seed and its steps stay.</source>
            <extracomment>gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>Radar, Bereich, Seed und ihre Schritte bleiben.</translation>
        </message>
        <message>
            <source>Radar: {}</source>
            <extracomment>gac_qgis_plugin/results.py</extracomment>
            <translation>Radar: {}</translation>
        </message>
        <message>
            <source>Range</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Wertebereich</translation>
        </message>
        <message>
            <source>Range of all stages</source>
            <extracomment>gac_qgis_plugin/gui/compare/tools.py</extracomment>
            <translation>Wertebereich aller Stufen</translation>
        </message>
        <message>
            <source>Range of new results</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Wertebereich neuer Ergebnisse</translation>
        </message>
        <message>
            <source>Reading the Sentinel-2 image…</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Das Sentinel-2-Bild wird gelesen…</translation>
        </message>
        <message>
            <source>Reading the scene…</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Die Szene wird gelesen…</translation>
        </message>
        <message>
            <source>Reading what is clear</source>
            <extracomment>gac_core/engine/observed.py</extracomment>
            <translation>Lesen, was klar ist</translation>
        </message>
        <message>
            <source>Reading: {} of {} packages</source>
            <translation type="vanished">Gelesen: {} von {} Paketen</translation>
        </message>
        <message>
            <source>Reads every file and compares its hash</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Liest jede Datei und vergleicht ihre Prüfsumme</translation>
        </message>
        <message>
            <source>Real optical images reach {} on average; unrelated ones 0.</source>
            <extracomment>gac_core/scores/rasters.py</extracomment>
            <translation>Echte optische Bilder erreichen im Mittel {}, Bilder anderer Orte 0.</translation>
        </message>
        <message>
            <source>Recognise</source>
            <extracomment>gac_core/contract/optical_options.py, gac_core/contract/request.py, gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Erkennen</translation>
        </message>
        <message>
            <source>Record of the run</source>
            <translation type="vanished">Protokoll des Laufs</translation>
        </message>
        <message>
            <source>Record of the run (run.json)</source>
            <extracomment>gac_qgis_plugin/processing/run.py</extracomment>
            <translation>Bericht des Laufs (run.json)</translation>
        </message>
        <message>
            <source>Rectangle: draw, layer or type</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Rechteck: zeichnen, Layer, eintippen</translation>
        </message>
        <message>
            <source>Reflectance by wavelength, backscatter in dB</source>
            <extracomment>gac_qgis_plugin/gui/compare/readout.py</extracomment>
            <translation>Reflexion nach Wellenlänge, Rückstreuung in dB</translation>
        </message>
        <message>
            <source>Reflectance of each stage by wavelength, and the radar's backscatter in dB.</source>
            <translation type="vanished">Reflexion jeder Stufe nach Wellenlänge und die Rückstreuung des Radars in dB.</translation>
        </message>
        <message>
            <source>Reflectance {} to {} in every run: runs can be compared by eye</source>
            <extracomment>gac_qgis_plugin/gui/compare/range_choice.py</extracomment>
            <translation>Reflexion {} bis {} in jedem Lauf: Läufe lassen sich mit dem Auge vergleichen</translation>
        </message>
        <message>
            <source>Reflectance × 10000, uint16 (as the result)</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Reflexion × 10000, uint16 (wie das Ergebnis)</translation>
        </message>
        <message>
            <source>Reflectance, float32</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Reflexion, float32</translation>
        </message>
        <message>
            <source>Remove from the list</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Aus der Liste nehmen</translation>
        </message>
        <message>
            <source>Remove it yourself, or choose another output folder.</source>
            <extracomment>gac_core/engine/folder.py</extracomment>
            <translation>Selbst entfernen, oder einen anderen Ausgabeordner wählen.</translation>
        </message>
        <message>
            <source>Remove it, or copy the file alone to another folder.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>Entfernen, oder die Datei allein in einen anderen Ordner kopieren.</translation>
        </message>
        <message>
            <source>Remove it, or copy the files that hold the values to another folder.</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>Entfernen, oder die Dateien, die die Werte enthalten, in einen anderen Ordner kopieren.</translation>
        </message>
        <message>
            <source>Remove it, or copy the radar file alone to another folder.</source>
            <translation type="vanished">Entfernen, oder die Radardatei allein in einen anderen Ordner kopieren.</translation>
        </message>
        <message>
            <source>Remove it: GDAL reads it together with the radar file.</source>
            <translation type="vanished">Entfernen: GDAL liest sie zusammen mit der Radardatei.</translation>
        </message>
        <message>
            <source>Remove it: GDAL reads it together with the raster.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>Entfernen: GDAL liest sie zusammen mit dem Raster.</translation>
        </message>
        <message>
            <source>Remove kept stages</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Behaltene Stufen entfernen</translation>
        </message>
        <message>
            <source>Remove kept stages ({})</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Behaltene Stufen entfernen ({})</translation>
        </message>
        <message>
            <source>Remove stored files…</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Entfernen, was GAC auf diesem Rechner aufbewahrt…</translation>
        </message>
        <message>
            <source>Remove that variable, or do not start QGIS with it.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Diese Variable entfernen, oder QGIS ohne sie starten.</translation>
        </message>
        <message>
            <source>Remove the environment and make it anew.</source>
            <translation type="vanished">Die Umgebung entfernen und neu anlegen.</translation>
        </message>
        <message>
            <source>Remove the filter, and save the edits: GAC reads the file.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Den Filter entfernen und die Änderungen speichern: GAC liest die Datei.</translation>
        </message>
        <message>
            <source>Remove the link, or choose another output folder.</source>
            <extracomment>gac_core/engine/folder.py</extracomment>
            <translation>Die Verknüpfung entfernen, oder einen anderen Ausgabeordner wählen.</translation>
        </message>
        <message>
            <source>Remove…</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py, gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Entfernen…</translation>
        </message>
        <message>
            <source>Removing the environment…</source>
            <extracomment>gac_qgis_plugin/environment/manager.py, gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>Die Umgebung wird entfernt…</translation>
        </message>
        <message>
            <source>Rename it.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Umbenennen.</translation>
        </message>
        <message>
            <source>Rename one of them, and its entry in the card that names it.</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>Eine davon umbenennen, und ihren Eintrag in der Karte, die sie nennt.</translation>
        </message>
        <message>
            <source>Rename the file, and its entry in the card that names it.</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>Die Datei umbenennen, und ihren Eintrag in der Karte, die sie nennt.</translation>
        </message>
        <message>
            <source>Rename them so that their names say VV and VH, or give the VV file first and</source>
            <translation type="vanished">So umbenennen, dass die Namen VV und VH sagen, oder die VV-Datei zuerst angeben und</translation>
        </message>
        <message>
            <source>Rename them so that their names say VV and VH, or give the VV file first and choose the VV band and the VH band yourself.</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>So umbenennen, dass die Namen VV und VH sagen, oder die VV-Datei zuerst angeben und den VV-Kanal und den VH-Kanal selbst wählen.</translation>
        </message>
        <message>
            <source>Repair</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Reparieren</translation>
        </message>
        <message>
            <source>Repair the environment: in QGIS, GAC's panel or options, Environment; in a checkout, remove .venv/.made and run `make env`.</source>
            <translation type="vanished">Die Umgebung reparieren: in QGIS in GACs Bedienfeld oder Optionen, Umgebung; im Quellordner .venv/.made entfernen und „make env“ ausführen.</translation>
        </message>
        <message>
            <source>Repair the environment: in QGIS, menu Raster, GAC, The models' environment; in a checkout, remove .venv/.made and run `make env`.</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>Die Umgebung reparieren: in QGIS im Menü Raster, GAC, Umgebung der Modelle; im Quellordner .venv/.made entfernen und „make env“ ausführen.</translation>
        </message>
        <message>
            <source>Repair the environment; for devices: choose the CPU until it is repaired.</source>
            <extracomment>gac_qgis_plugin/gui/diagnostics.py</extracomment>
            <translation>Die Umgebung reparieren; bei Geräten: die CPU wählen, bis es behoben ist.</translation>
        </message>
        <message>
            <source>Resampling</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Abtastung</translation>
        </message>
        <message>
            <source>Result</source>
            <extracomment>gac_qgis_plugin/gui/start_group.py</extracomment>
            <translation>Ergebnis</translation>
        </message>
        <message>
            <source>Resume</source>
            <extracomment>gac_qgis_plugin/gui/messages.py, gac_qgis_plugin/gui/runs_panel.py, gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>Resume it (gac resume), choose another folder, or remove {} to give it up.</source>
            <extracomment>gac_core/engine/checkpoint.py</extracomment>
            <translation>Ihn fortsetzen (gac resume), einen anderen Ordner wählen, oder {} entfernen, um ihn aufzugeben.</translation>
        </message>
        <message>
            <source>Resume with what it was begun with, choose another folder, or remove this one.</source>
            <extracomment>gac_core/engine/batch_folder.py</extracomment>
            <translation>Machen Sie mit dem weiter, womit er begonnen wurde, wählen Sie einen anderen Ordner, oder entfernen Sie diesen.</translation>
        </message>
        <message>
            <source>Resumes an unfinished run</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Setzt einen unfertigen Lauf fort</translation>
        </message>
        <message>
            <source>Right of the line, or below it</source>
            <translation type="vanished">Rechts der Linie oder darunter</translation>
        </message>
        <message>
            <source>Right or below</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Rechts oder unten</translation>
        </message>
        <message>
            <source>Run</source>
            <extracomment>gac_qgis_plugin/gui/dock.py</extracomment>
            <translation>Lauf</translation>
        </message>
        <message>
            <source>Run GAC</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py, gac_qgis_plugin/gui/start_group.py</extracomment>
            <translation>GAC starten</translation>
        </message>
        <message>
            <source>Run GAC…</source>
            <extracomment>gac_qgis_plugin/plugin_main.py</extracomment>
            <translation>GAC starten…</translation>
        </message>
        <message>
            <source>Run `make env` in {}, or make it elsewhere, and choose its Python in the GAC panel under Advanced, Worker Python.</source>
            <translation type="vanished">„make env“ in {} ausführen, oder sie anderswo anlegen, und ihr Python im GAC-Bedienfeld unter Erweitert, Python wählen.</translation>
        </message>
        <message>
            <source>Run again</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Wiederholen</translation>
        </message>
        <message>
            <source>Run again with a bundle that has one: `gac bundle check NAME` says so of stage 3.</source>
            <translation type="vanished">Rechnen Sie noch einmal mit einem Paket, das einen hat: „gac bundle check NAME“ sagt es bei Stufe 3.</translation>
        </message>
        <message>
            <source>Run again with models that have one; the demo models do.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>Mit Modellen, die einen haben, neu starten; die Demo-Modelle haben einen.</translation>
        </message>
        <message>
            <source>Run again, and then ask for the spread of that run.</source>
            <extracomment>gac_core/engine/spread.py</extracomment>
            <translation>Noch einmal laufen und dann nach der Streuung jenes Laufs fragen.</translation>
        </message>
        <message>
            <source>Run again, and then ask for the spread.</source>
            <extracomment>gac_core/engine/spread.py</extracomment>
            <translation>Noch einmal laufen und dann nach der Streuung fragen.</translation>
        </message>
        <message>
            <source>Run again, so that GAC starts a new process for it. If it happens again, update the GPU's driver or compute on the processor.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>Erneut ausführen: GAC startet dafür einen neuen Prozess. Wenn es wieder geschieht, den Treiber der GPU aktualisieren oder auf dem Prozessor rechnen.</translation>
        </message>
        <message>
            <source>Run it again into the same folder to resume.</source>
            <extracomment>gac_qgis_plugin/batches.py</extracomment>
            <translation>Zum Fortsetzen in denselben Ordner neu starten.</translation>
        </message>
        <message>
            <source>Run it again whole, and have it keep its stages (gac run --keep).</source>
            <extracomment>gac_core/engine/stage_cache.py</extracomment>
            <translation>Ihn ganz wiederholen und die Stufen behalten lassen (gac run --keep).</translation>
        </message>
        <message>
            <source>Run it again.</source>
            <extracomment>gac_core/engine/batch_folder.py</extracomment>
            <translation>Führen Sie es noch einmal aus.</translation>
        </message>
        <message>
            <source>Run of</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Lauf von</translation>
        </message>
        <message>
            <source>Runs</source>
            <extracomment>gac_qgis_plugin/gui/dock.py</extracomment>
            <translation>Läufe</translation>
        </message>
        <message>
            <source>Runs again with other seeds and maps how far results lie apart. It understates error.</source>
            <extracomment>gac_qgis_plugin/gui/compare/trust_group.py</extracomment>
            <translation>Läuft mit anderen Seeds noch einmal und zeigt, wie weit Ergebnisse auseinanderliegen. Das unterschätzt den Fehler.</translation>
        </message>
        <message>
            <source>Runs again with other seeds and shows how far the results lie apart. It understates error: it does not know what the model does not know.</source>
            <translation type="vanished">Läuft mit anderen Seeds noch einmal und zeigt, wie weit die Ergebnisse auseinanderliegen. Das unterschätzt den Fehler: Es weiß nicht, was das Modell nicht weiß.</translation>
        </message>
        <message>
            <source>S1GRD, not terrain-flattened</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>S1GRD, nicht geländekorrigiert</translation>
        </message>
        <message>
            <source>S1RTC, terrain-flattened</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>S1RTC, geländekorrigiert</translation>
        </message>
        <message>
            <source>SHA-256 of 64 hexadecimal digits</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>SHA-256 aus 64 Hexadezimalziffern</translation>
        </message>
        <message>
            <source>SNAP, like everybody</source>
            <translation type="vanished">SNAP, wie alle,</translation>
        </message>
        <message>
            <source>SNAP, like everybody,</source>
            <extracomment>gac_core/scene/metadata.py</extracomment>
            <translation>SNAP, wie alle,</translation>
        </message>
        <message>
            <source>STAC collection of the blocks</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>STAC-Sammlung der Blöcke</translation>
        </message>
        <message>
            <source>STAC item</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>STAC-Item</translation>
        </message>
        <message>
            <source>SYNTHETIC optical image generated from {}</source>
            <translation type="vanished">SYNTHETIC, optisches Bild, erzeugt aus {}</translation>
        </message>
        <message>
            <source>SYNTHETIC optical images generated by GAC: {}</source>
            <translation type="vanished">SYNTHETIC, von GAC erzeugte optische Bilder: {}</translation>
        </message>
        <message>
            <source>SYNTHETIC, demo: generated, not observed</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>SYNTHETIC, Demo: erzeugt, nicht beobachtet</translation>
        </message>
        <message>
            <source>SYNTHETIC. Doubt of the adversary in opt_v{}, 0 to 1, place by place: the share of real images' places that it believes more. Real images have 0.5 in half of their places; 1: it doubts no real place so much. It is a network's judgement, trained on the same few places as the pictures, and no probability of error.</source>
            <translation type="vanished">SYNTHETIC. Zweifel des Gegenspielers an opt_v{}, 0 bis 1, Ort für Ort: der Anteil der Orte echter Bilder, denen er mehr glaubt. Echte Bilder liegen an der Hälfte ihrer Orte unter 0,5; 1: An keinem echten Ort zweifelt er so sehr. Es ist das Urteil eines Netzes, das an denselben wenigen Orten trainiert wurde wie die Bilder, und keine Fehlerwahrscheinlichkeit.</translation>
        </message>
        <message>
            <source>SYNTHETIC. Generated by GAC {} with the model bundle {} ({}) from Sentinel-1 radar ({}; unit {}: {}; modality {}). Stages: {}. {}Not an observation.</source>
            <translation type="vanished">SYNTHETIC. Von GAC {} mit dem Modellpaket {} ({}) aus Sentinel-1-Radar ({}; Einheit {}: {}; Modalität {}) erzeugt. Stufen: {}. {}Keine Beobachtung.</translation>
        </message>
        <message>
            <source>SYNTHETIC. Spread of {} samples (standard deviation of reflectance over seeds {}). It understates error: it does not know what the model does not know.</source>
            <translation type="vanished">SYNTHETIC. Streuung von {} Stichproben (Standardabweichung der Reflexion über die Seeds {}). Sie unterschätzt den Fehler: Sie weiß nicht, was das Modell nicht weiß.</translation>
        </message>
        <message>
            <source>SYNTHETIC: generated by models from radar, not observed by an optical sensor.</source>
            <extracomment>gac_qgis_plugin/labels.py</extracomment>
            <translation>SYNTHETIC: von Modellen aus Radar erzeugt, nicht von einem optischen Sensor beobachtet.</translation>
        </message>
        <message>
            <source>SYNTHETIC: generated from Sentinel-1 radar by a model. These pixels are not observations; do not measure in them what only an observation can show.</source>
            <translation type="vanished">SYNTHETIC: von einem Modell aus Sentinel-1-Radar erzeugt. Diese Pixel sind keine Beobachtungen; in ihnen nichts messen, was nur eine Beobachtung zeigen kann.</translation>
        </message>
        <message>
            <source>SYNTHETIC: generated, not observed</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>SYNTHETIC: erzeugt, nicht beobachtet</translation>
        </message>
        <message>
            <source>SYNTHETIC: these images are generated, not observed.</source>
            <extracomment>gac_core/engine/pipeline.py</extracomment>
            <translation>SYNTHETIC: Diese Bilder sind erzeugt, nicht beobachtet.</translation>
        </message>
        <message>
            <source>Same seed, same pixels</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Gleicher Seed, gleiche Pixel</translation>
        </message>
        <message>
            <source>Same settings</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Gleiche Einstellungen</translation>
        </message>
        <message>
            <source>Sample {} of {}, {}</source>
            <extracomment>gac_core/engine/spread.py</extracomment>
            <translation>Stichprobe {} von {}, {}</translation>
        </message>
        <message>
            <source>Save it again in tiles, for example with gdal_translate -co TILED=YES, on a computer with enough memory.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>In Kacheln neu speichern, zum Beispiel mit gdal_translate -co TILED=YES, auf einem Rechner mit genug Speicher.</translation>
        </message>
        <message>
            <source>Save the band with the mask alone, and give that.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>Den Kanal mit der Maske allein speichern und diesen angeben.</translation>
        </message>
        <message>
            <source>Save the layer as a GeoPackage (Export, Save Features As…) and use that layer.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Den Layer als GeoPackage speichern (Exportieren, Objekte speichern als…) und diesen nehmen.</translation>
        </message>
        <message>
            <source>Save the layer as a GeoTIFF (Export, Save As…, raw data) and use that layer.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Den Layer als GeoTIFF speichern (Exportieren, Speichern als…, Rohdaten) und diesen nehmen.</translation>
        </message>
        <message>
            <source>Save the project in a folder that you may write to.</source>
            <extracomment>gac_qgis_plugin/radar_layers.py</extracomment>
            <translation>Das Projekt in einem Ordner speichern, in den geschrieben werden darf.</translation>
        </message>
        <message>
            <source>Save the radar file again without overviews.</source>
            <translation type="vanished">Die Radardatei ohne Pyramiden neu speichern.</translation>
        </message>
        <message>
            <source>Save the raster again without overviews.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Das Raster ohne Pyramiden neu speichern.</translation>
        </message>
        <message>
            <source>Save them with one, as DN or reflectance.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>Mit einer einzigen speichern, als DN oder Reflexion.</translation>
        </message>
        <message>
            <source>Save what comes out of it as a GeoTIFF, and give that.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>Was daraus kommt, als GeoTIFF speichern und dieses angeben.</translation>
        </message>
        <message>
            <source>Scale</source>
            <extracomment>gac_core/optical/reflectance.py, gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Skalierung</translation>
        </message>
        <message>
            <source>Scale of Sentinel-2</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Skalierung von Sentinel-2</translation>
        </message>
        <message>
            <source>Scenes: {}; blocks: {} of {}; SYNTHETIC</source>
            <extracomment>gac_qgis_plugin/batches.py</extracomment>
            <translation>Szenen: {}; Blöcke: {} von {}; SYNTHETIC</translation>
        </message>
        <message>
            <source>Scoring 1 of {}</source>
            <translation type="vanished">Bewertung 1 von {}</translation>
        </message>
        <message>
            <source>Scoring {} of {}</source>
            <extracomment>gac_core/engine/batch.py</extracomment>
            <translation>Bewertung {} von {}</translation>
        </message>
        <message>
            <source>Season that stage 2 is told</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Jahreszeit, die Stufe 2 genannt wird</translation>
        </message>
        <message>
            <source>See GAC's panel or options, Environment.</source>
            <translation type="vanished">Siehe GACs Bedienfeld oder Optionen, Umgebung.</translation>
        </message>
        <message>
            <source>See QGIS's menu Raster, GAC, The models' environment.</source>
            <extracomment>gac_qgis_plugin/gui/diagnostics.py</extracomment>
            <translation>Siehe QGIS' Menü Raster, GAC, Umgebung der Modelle.</translation>
        </message>
        <message>
            <source>Seed</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Seed</translation>
        </message>
        <message>
            <source>Seed {}; steps {}</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>Seed {}; Schritte {}</translation>
        </message>
        <message>
            <source>Select polygons, or choose another layer or area.</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Polygone auswählen, oder einen anderen Layer oder Bereich wählen.</translation>
        </message>
        <message>
            <source>Selected: {}</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>Angekreuzt: {}</translation>
        </message>
        <message>
            <source>Sentinel Hub</source>
            <extracomment>gac_core/scene/metadata.py</extracomment>
            <translation>Sentinel Hub</translation>
        </message>
        <message>
            <source>Sentinel-1 radar, VV</source>
            <extracomment>gac_qgis_plugin/export/figure.py</extracomment>
            <translation>Sentinel-1-Radar, VV</translation>
        </message>
        <message>
            <source>Sentinel-2 of another date</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Sentinel-2 eines anderen Datums</translation>
        </message>
        <message>
            <source>Sentinel-2 of the same place</source>
            <extracomment>gac_core/contract/optical_options.py, gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Sentinel-2 vom selben Ort</translation>
        </message>
        <message>
            <source>Sentinel-2: {}</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>Sentinel-2: {}</translation>
        </message>
        <message>
            <source>Server</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Server</translation>
        </message>
        <message>
            <source>Server with Hugging Face's interface; QGIS's proxy and certificates are used.</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Server mit Hugging Faces Schnittstelle; QGIS’ Proxy und Zertifikate werden benutzt.</translation>
        </message>
        <message>
            <source>Set TMPDIR to a folder that only you can write to.</source>
            <translation type="vanished">Setzen Sie TMPDIR auf einen Ordner, in den nur Sie schreiben können.</translation>
        </message>
        <message>
            <source>Set an HTTP proxy in QGIS's options, Network, or import the models from a folder.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Stellen Sie in QGIS’ Optionen, Netzwerk, einen HTTP-Proxy ein, oder importieren Sie die Modelle aus einem Ordner.</translation>
        </message>
        <message>
            <source>Set the scale yourself: 0 to 10000 (dn) or 0 to 1 (reflectance).</source>
            <translation type="vanished">Die Skalierung selbst wählen: 0 bis 10000 (dn) oder 0 bis 1 (reflectance).</translation>
        </message>
        <message>
            <source>Set the scale yourself: 0 to 10000 (dn), 0 to 1 (reflectance) or 0 to 65535 (uint16).</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>Die Skala selbst festlegen: 0 bis 10000 (dn), 0 bis 1 (reflectance) oder 0 bis 65535 (uint16).</translation>
        </message>
        <message>
            <source>Set the unit yourself if you know that it is {}. Otherwise: {}</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>Die Einheit selbst wählen, wenn sicher ist, dass es {} ist. Sonst: {}</translation>
        </message>
        <message>
            <source>Set the unit yourself: dB, linear power or amplitude.</source>
            <translation type="vanished">Die Einheit selbst setzen: dB, lineare Leistung oder Amplitude.</translation>
        </message>
        <message>
            <source>Set up</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Einrichten</translation>
        </message>
        <message>
            <source>Sets up the Python environment of the models</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Richtet die Python-Umgebung der Modelle ein</translation>
        </message>
        <message>
            <source>Settings and the list of runs, in QGIS's settings</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>Einstellungen und die Liste der Läufe, in QGIS' Einstellungen</translation>
        </message>
        <message>
            <source>Several layers…</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Mehrere Layer…</translation>
        </message>
        <message>
            <source>Share of observed pixels</source>
            <extracomment>gac_qgis_plugin/processing/run.py</extracomment>
            <translation>Anteil beobachteter Pixel</translation>
        </message>
        <message>
            <source>Show each in grey, or save one of them on the grid of the other.</source>
            <extracomment>gac_qgis_plugin/radar_layers.py</extracomment>
            <translation>Jede einzeln in Grau zeigen, oder eine im Raster der anderen speichern.</translation>
        </message>
        <message>
            <source>Show what is clear</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Zeigen, was klar ist</translation>
        </message>
        <message>
            <source>Shows all of it</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Zeigt ihn ganz</translation>
        </message>
        <message>
            <source>Shows its folder in the system's file manager</source>
            <translation type="vanished">Zeigt den Ordner im Dateiverwalter des Systems</translation>
        </message>
        <message>
            <source>Shows the batch on the map, with its newest blocks</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Zeigt den Stapel auf der Karte, mit den neuesten Blöcken</translation>
        </message>
        <message>
            <source>Shows the run on the map</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Zeigt den Lauf auf der Karte</translation>
        </message>
        <message>
            <source>Show…</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Zeigen…</translation>
        </message>
        <message>
            <source>Side by side</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Nebeneinander</translation>
        </message>
        <message>
            <source>Side of a pixel, in the units of the CRS</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Seite eines Pixels, in den Einheiten des KBS</translation>
        </message>
        <message>
            <source>Sigma0, from GRD</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Sigma0, aus GRD</translation>
        </message>
        <message>
            <source>Simulated; comes with GAC</source>
            <extracomment>gac_qgis_plugin/gui/start_group.py</extracomment>
            <translation>Simuliert; kommt mit GAC</translation>
        </message>
        <message>
            <source>Size</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py, gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Größe</translation>
        </message>
        <message>
            <source>Size must be a multiple of 32, overlap one of 16 and at most half the size.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>Die Größe muss ein Vielfaches von 32 sein, die Überlappung eines von 16 und höchstens die halbe Größe.</translation>
        </message>
        <message>
            <source>Skip</source>
            <extracomment>gac_qgis_plugin/gui/start_group.py</extracomment>
            <translation>Überspringen</translation>
        </message>
        <message>
            <source>Smaller files; no value changes</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Kleinere Dateien; kein Wert ändert sich</translation>
        </message>
        <message>
            <source>Some of the optical files have an offset of 1000 DN in their values, others not.</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>Manche optischen Dateien haben einen Offset von 1000 DN in den Werten, andere nicht.</translation>
        </message>
        <message>
            <source>Something unexpected happened: {}.</source>
            <extracomment>gac_qgis_plugin/environment/manager.py</extracomment>
            <translation>Etwas Unerwartetes ist geschehen: {}.</translation>
        </message>
        <message>
            <source>Spread of samples</source>
            <extracomment>gac_qgis_plugin/gui/compare/trust_group.py</extracomment>
            <translation>Streuung</translation>
        </message>
        <message>
            <source>Spread of {} samples; understates error (SYNTHETIC)</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>Streuung von {} Stichproben; unterschätzt den Fehler (SYNTHETIC)</translation>
        </message>
        <message>
            <source>Stage 1 is taken from the run of {}: radar, area, seed and its steps stay.</source>
            <translation type="vanished">Stufe 1 kommt aus dem Lauf {}: Radar, Bereich, Seed und ihre Schritte bleiben.</translation>
        </message>
        <message>
            <source>Stage 1 of {} is taken over.</source>
            <extracomment>gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>Stufe 1 von {} wird übernommen.</translation>
        </message>
        <message>
            <source>Stage 2 leaves the image as it is: no trained refiner is installed.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>Stufe 2 lässt das Bild, wie es ist: Kein trainierter Verfeinerer ist installiert.</translation>
        </message>
        <message>
            <source>Stage 2 lowered the agreement with the radar from {} to {}.</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>Stufe 2 hat die Übereinstimmung mit dem Radar von {} auf {} gesenkt.</translation>
        </message>
        <message>
            <source>Stage 3 changed no pixel by more than {} reflectance</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>Stufe 3 hat kein Pixel um mehr als {} Reflexion verändert</translation>
        </message>
        <message>
            <source>Stage 3 changed {} of the area by more than {} reflectance, {} ({})</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>Stufe 3 hat {} der Fläche um mehr als {} Reflexion verändert, {} ({})</translation>
        </message>
        <message>
            <source>Stage 3 is TerraMind's zero-shot conditioning: no trained bridge is installed.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>Stufe 3 ist TerraMinds untrainierte Konditionierung: Keine trainierte Brücke ist installiert.</translation>
        </message>
        <message>
            <source>Stage 3 leaves the image as it is: its training found nothing better.</source>
            <translation type="vanished">Stufe 3 lässt das Bild, wie es ist: Ihr Training fand nichts Besseres.</translation>
        </message>
        <message>
            <source>Stage {} is to be computed first, and a run to build upon was named.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Stufe {} soll zuerst berechnet werden, und ein Lauf, auf dem aufzubauen ist, wurde genannt.</translation>
        </message>
        <message>
            <source>Stage {} is to be computed first, and no run to build upon was named.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Stufe {} soll zuerst berechnet werden, und kein Lauf, auf dem aufzubauen ist, wurde genannt.</translation>
        </message>
        <message>
            <source>Stage {} lowered the agreement with the radar: {:.2f} → {:.2f}.</source>
            <translation type="vanished">Stufe {} hat die Übereinstimmung mit dem Radar gesenkt: {:.2f} → {:.2f}.</translation>
        </message>
        <message>
            <source>Stage {} lowered the agreement: {:.2f} → {:.2f}.</source>
            <extracomment>gac_qgis_plugin/gui/score_chart.py</extracomment>
            <translation>Stufe {} hat die Übereinstimmung gesenkt: {:.2f} → {:.2f}.</translation>
        </message>
        <message>
            <source>Stage {} of 3, {}: {}.</source>
            <extracomment>gac_qgis_plugin/gui/compare/badges.py</extracomment>
            <translation>Stufe {} von 3, {}: {}.</translation>
        </message>
        <message>
            <source>Stage {} of 3: {}.</source>
            <translation type="vanished">Stufe {} von 3: {}.</translation>
        </message>
        <message>
            <source>Stage {} of the run in {} does not cover all that stage {} looks at here.</source>
            <extracomment>gac_core/engine/stage_cache.py</extracomment>
            <translation>Stufe {} des Laufs in {} deckt nicht alles ab, was Stufe {} hier ansieht.</translation>
        </message>
        <message>
            <source>Stage {} of the run in {} was made with another {}.</source>
            <extracomment>gac_core/engine/stage_cache.py</extracomment>
            <translation>Stufe {} des Laufs in {} wurde mit anderem gemacht: {}.</translation>
        </message>
        <message>
            <source>Stage {} of {}, tile {} of {}</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>Stufe {} von {}, Kachel {} von {}</translation>
        </message>
        <message>
            <source>Stage {} of {}, {}: tile {} of {}</source>
            <extracomment>gac_core/progress.py</extracomment>
            <translation>Stufe {} von {}, {}: Kachel {} von {}</translation>
        </message>
        <message>
            <source>Stage {} produced NaN or infinite values at row {}, column {}.</source>
            <extracomment>gac_core/tiling/mosaic.py</extracomment>
            <translation>Stufe {} ergab in Zeile {}, Spalte {} Werte, die keine Zahlen sind.</translation>
        </message>
        <message>
            <source>Stage {}, {} (SYNTHETIC)</source>
            <translation type="vanished">Stufe {}, {} (SYNTHETIC)</translation>
        </message>
        <message>
            <source>Stages</source>
            <extracomment>gac_core/contract/request.py, gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Stufen</translation>
        </message>
        <message>
            <source>Stages 1 and 2 are taken from the run of {}: radar, area, month, biome, seed and the steps of stage 1 stay.</source>
            <translation type="vanished">Die Stufen 1 und 2 kommen aus dem Lauf {}: Radar, Bereich, Monat, Biom, Seed und die Schritte der Stufe 1 bleiben.</translation>
        </message>
        <message>
            <source>Stages 1 and 2 of {} are taken over.</source>
            <extracomment>gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>Stufen 1 und 2 von {} werden übernommen.</translation>
        </message>
        <message>
            <source>Start a new run from the panel.</source>
            <extracomment>gac_qgis_plugin/jobs.py</extracomment>
            <translation>Den Lauf im Bedienfeld neu beginnen.</translation>
        </message>
        <message>
            <source>Start it (dask scheduler), check the address, and for tls:// the certificates.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Starten Sie ihn (dask scheduler), prüfen Sie die Adresse und bei tls:// die Zertifikate.</translation>
        </message>
        <message>
            <source>Start it again, and run the same command: what is complete stays.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Starten Sie ihn neu, und führen Sie denselben Befehl aus: was fertig ist, bleibt.</translation>
        </message>
        <message>
            <source>Start workers with --local-directory in a folder that only you can write to.</source>
            <extracomment>gac_core/engine/batch_tasks.py</extracomment>
            <translation>Starten Sie Worker mit --local-directory in einem Ordner, in den nur Sie schreiben können.</translation>
        </message>
        <message>
            <source>Started</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Beginn</translation>
        </message>
        <message>
            <source>Starting the engine; loading its libraries takes half a minute.</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Die Engine startet; ihre Bibliotheken zu laden dauert etwas.</translation>
        </message>
        <message>
            <source>Starting the worker; loading its libraries takes half a minute.</source>
            <extracomment>gac_qgis_plugin/processing/run.py</extracomment>
            <translation>Der Rechenprozess startet; seine Bibliotheken zu laden dauert eine Weile.</translation>
        </message>
        <message>
            <source>Starting…</source>
            <extracomment>gac_qgis_plugin/gui/compare/trust_group.py, gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Startet…</translation>
        </message>
        <message>
            <source>State</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py, gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Zustand</translation>
        </message>
        <message>
            <source>Status</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Wie er endete</translation>
        </message>
        <message>
            <source>Steps of stage 3</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Schritte von Stufe 3</translation>
        </message>
        <message>
            <source>Steps of stage 3 (0: as the bundle needs)</source>
            <translation type="vanished">Schritte der Stufe 3 (0: wie das Paket sie braucht)</translation>
        </message>
        <message>
            <source>Steps of stage 3, ground: passes per tile</source>
            <translation type="vanished">Schritte der Stufe 3, verankern: Durchgänge je Kachel</translation>
        </message>
        <message>
            <source>Steps, stage 1</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Schritte, Stufe 1</translation>
        </message>
        <message>
            <source>Steps, stage 3</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Schritte, Stufe 3</translation>
        </message>
        <message>
            <source>Stopped; computed tiles are kept.</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Angehalten; das Berechnete bleibt erhalten.</translation>
        </message>
        <message>
            <source>Stored</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>Aufbewahrt</translation>
        </message>
        <message>
            <source>Style</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Stil</translation>
        </message>
        <message>
            <source>Style of all stages</source>
            <extracomment>gac_qgis_plugin/gui/compare/tools.py</extracomment>
            <translation>Stil aller Stufen</translation>
        </message>
        <message>
            <source>Style of new results</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Stil neuer Ergebnisse</translation>
        </message>
        <message>
            <source>Style of the stages of new runs; each can be switched.</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>Wie die Stufen neuer Läufe aussehen; jede lässt sich umschalten.</translation>
        </message>
        <message>
            <source>Summary of the batch (summary.json)</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Zusammenfassung des Stapels (summary.json)</translation>
        </message>
        <message>
            <source>Swap the two sides (X)</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Die beiden Seiten tauschen (X)</translation>
        </message>
        <message>
            <source>Swipe</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Wischen</translation>
        </message>
        <message>
            <source>Swipe between stages</source>
            <extracomment>gac_qgis_plugin/gui/compare/tools.py</extracomment>
            <translation>Zwischen Stufen wischen</translation>
        </message>
        <message>
            <source>Swipe between the two on the map. Arrows move the line, X swaps the sides, Escape ends.</source>
            <translation type="vanished">Auf der Karte zwischen beiden wischen. Pfeiltasten bewegen die Linie, X tauscht, Escape beendet.</translation>
        </message>
        <message>
            <source>Swipe from radar to result</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Vom Radar zum Ergebnis wischen</translation>
        </message>
        <message>
            <source>Swipe on the map. Arrows move the line, X swaps, Escape ends.</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Auf der Karte wischen. Pfeiltasten bewegen die Linie, X tauscht, Escape beendet.</translation>
        </message>
        <message>
            <source>System</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>System</translation>
        </message>
        <message>
            <source>Take that variable away, or import the models from a folder.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Entfernen Sie diese Variable, oder importieren Sie die Modelle aus einem Ordner.</translation>
        </message>
        <message>
            <source>Taken as no data: {}, in {} of the scene.</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>Als Leerwert genommen: {}, in {} der Szene.</translation>
        </message>
        <message>
            <source>Taking stage {} over from {}</source>
            <extracomment>gac_core/engine/stage_runner.py</extracomment>
            <translation>Stufe {} wird übernommen aus {}</translation>
        </message>
        <message>
            <source>Temperate Broadleaf &amp; Mixed Forests</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Gemäßigte Laub- und Mischwälder</translation>
        </message>
        <message>
            <source>Temperate Conifer Forests</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Gemäßigte Nadelwälder</translation>
        </message>
        <message>
            <source>Temperate Grasslands, Savannas &amp; Shrublands</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Gemäßigte Grasländer, Savannen und Gebüsche</translation>
        </message>
        <message>
            <source>TerraMind 1.0 base (IBM/ESA, published weights)</source>
            <extracomment>resources/bundles/terramind-base/bundle.json</extracomment>
            <translation>TerraMind 1.0 base (IBM/ESA, veröffentlichte Gewichte)</translation>
        </message>
        <message>
            <source>TerraMind 1.0 large (IBM/ESA, published weights)</source>
            <extracomment>resources/bundles/terramind-large/bundle.json</extracomment>
            <translation>TerraMind 1.0 large (IBM/ESA, veröffentlichte Gewichte)</translation>
        </message>
        <message>
            <source>TerraMind 1.0 small (IBM/ESA, published weights)</source>
            <extracomment>resources/bundles/terramind-small/bundle.json</extracomment>
            <translation>TerraMind 1.0 small (IBM/ESA, veröffentlichte Gewichte)</translation>
        </message>
        <message>
            <source>TerraMind 1.0 tiny (IBM/ESA, published weights)</source>
            <extracomment>resources/bundles/terramind-tiny/bundle.json</extracomment>
            <translation>TerraMind 1.0 tiny (IBM/ESA, veröffentlichte Gewichte)</translation>
        </message>
        <message>
            <source>TerraMind knows two kinds.</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>TerraMind kennt zwei Arten.</translation>
        </message>
        <message>
            <source>Terrain-correct it first, for example with SNAP (Range-Doppler Terrain Correction) or with ASF HyP3's RTC.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>Zuerst geländekorrigieren, zum Beispiel mit SNAP (Range-Doppler Terrain Correction) oder mit RTC von ASF HyP3.</translation>
        </message>
        <message>
            <source>Terrain-flattened gamma0 (RTC)</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Geländekorrigiertes Gamma0 (RTC)</translation>
        </message>
        <message>
            <source>The Copernicus mosaic</source>
            <extracomment>gac_core/scene/metadata.py</extracomment>
            <translation>Das Copernicus-Mosaik</translation>
        </message>
        <message>
            <source>The Dask scheduler no longer answers.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Der Dask-Scheduler antwortet nicht mehr.</translation>
        </message>
        <message>
            <source>The GPU ran out of memory.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>Der Speicher der GPU reicht nicht aus.</translation>
        </message>
        <message>
            <source>The GPU stopped computing: {}.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>Die GPU rechnet nicht mehr: {}.</translation>
        </message>
        <message>
            <source>The GPU's memory cannot hold the models of {}: the processor computed, which takes longer.</source>
            <extracomment>gac_core/engine/pipeline.py</extracomment>
            <translation>Der Speicher der GPU fasst die Modelle von {} nicht: Der Prozessor hat gerechnet, was länger dauert.</translation>
        </message>
        <message>
            <source>The GPU's memory is too small for {}: the processor would compute, which takes longer. Choose a smaller bundle, or close what else uses the GPU.</source>
            <extracomment>gac_core/engine/estimate.py</extracomment>
            <translation>Der Speicher der GPU ist zu klein für {}: Der Prozessor würde rechnen, was länger dauert. Wählen Sie ein kleineres Paket, oder schließen Sie, was die GPU sonst benutzt.</translation>
        </message>
        <message>
            <source>The Python environment that the models run in was not found.</source>
            <translation type="vanished">Die Python-Umgebung, in der die Modelle laufen, wurde nicht gefunden.</translation>
        </message>
        <message>
            <source>The Python of the environment that the models run in</source>
            <translation type="vanished">Das Python der Umgebung, in der die Modelle laufen</translation>
        </message>
        <message>
            <source>The STAC item {} of {} has no assets vv and vh.</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>Das STAC-Item {} von {} hat keine Assets vv und vh.</translation>
        </message>
        <message>
            <source>The adapter folder {} has no {}.</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>Im Adapterordner {} fehlt {}.</translation>
        </message>
        <message>
            <source>The adapter in {} contains NaN or infinite values.</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>Der Adapter in {} enthält Werte, die keine Zahlen sind.</translation>
        </message>
        <message>
            <source>The adapter in {} does not fit its base model: {}.</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>Der Adapter in {} passt nicht zu seinem Grundmodell: {}.</translation>
        </message>
        <message>
            <source>The adapter's configuration {} is not one that GAC writes: {}.</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>Die Konfiguration des Adapters {} ist keine, wie GAC sie schreibt: {}.</translation>
        </message>
        <message>
            <source>The address {} was stored without the password or key that opens it.</source>
            <extracomment>gac_core/scene/scene.py</extracomment>
            <translation>Die Adresse {} wurde ohne das Passwort oder den Schlüssel festgehalten, mit dem sie sich öffnet.</translation>
        </message>
        <message>
            <source>The area reaches {} km from the central meridian of UTM zone {}, in which it is computed: lengths there are {} % too large.</source>
            <extracomment>gac_core/scene/extent.py</extracomment>
            <translation>Der Bereich reicht {} km vom Mittelmeridian der UTM-Zone {} weg, in der er berechnet wird: Längen sind dort {} % zu groß.</translation>
        </message>
        <message>
            <source>The area {} cannot be read.</source>
            <extracomment>gac_qgis_plugin/processing/base.py</extracomment>
            <translation>Der Bereich {} kann nicht gelesen werden.</translation>
        </message>
        <message>
            <source>The band with VH; if not set, the file's band names decide</source>
            <translation type="vanished">Der Kanal mit VH; ohne Angabe entscheiden die Namen in der Datei</translation>
        </message>
        <message>
            <source>The band with VV; if not set, the file's band names decide</source>
            <translation type="vanished">Der Kanal mit VV; ohne Angabe entscheiden die Namen in der Datei</translation>
        </message>
        <message>
            <source>The bands chosen for VV and VH are {}: the models have never seen that polarisation, and what they make of it may be far from the truth.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>Die für VV und VH gewählten Kanäle sind {}: Die Modelle haben diese Polarisation nie gesehen, und was sie daraus machen, kann weit von der Wahrheit sein.</translation>
        </message>
        <message>
            <source>The batch ended without a result.</source>
            <extracomment>gac_qgis_plugin/batches.py</extracomment>
            <translation>Der Stapel endete ohne ein Wort.</translation>
        </message>
        <message>
            <source>The batch in {} has no layers yet.</source>
            <extracomment>gac_qgis_plugin/batches.py</extracomment>
            <translation>Der Stapel in {} hat noch keine Layer.</translation>
        </message>
        <message>
            <source>The batch was begun on a GPU, and the worker on {} has none.</source>
            <extracomment>gac_core/engine/batch_worker.py</extracomment>
            <translation>Der Stapel wurde auf einer GPU begonnen, und der Worker auf {} hat keine.</translation>
        </message>
        <message>
            <source>The biome given to stage 2 (RESOLVE)</source>
            <translation type="vanished">Die Art der Vegetation, die Stufe 2 genannt wird (RESOLVE)</translation>
        </message>
        <message>
            <source>The bundle {} has no adversary that could doubt a picture.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>Das Paket {} hat keinen Gegenspieler, der an einem Bild zweifeln könnte.</translation>
        </message>
        <message>
            <source>The bundle {} in {} is incomplete: {} is missing.</source>
            <extracomment>gac_core/bundles/library.py, gac_core/store/install.py</extracomment>
            <translation>Das Paket {} in {} ist unvollständig: {} fehlt.</translation>
        </message>
        <message>
            <source>The bundle {} is another one on {}.</source>
            <extracomment>gac_core/engine/batch_worker.py</extracomment>
            <translation>Das Paket {} ist auf {} ein anderes.</translation>
        </message>
        <message>
            <source>The bundle {} lacks {}, which nobody publishes.</source>
            <extracomment>gac_core/store/download.py</extracomment>
            <translation>Dem Paket {} fehlt {}, was niemand veröffentlicht.</translation>
        </message>
        <message>
            <source>The bundle {} names {}, which may hold code that runs when it is read.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>Das Paket {} nennt {}, was Code enthalten kann, der beim Lesen läuft.</translation>
        </message>
        <message>
            <source>The bundle's blocks (side {}, seam {}) do not fit.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>Die Blöcke des Modellpakets (Seite {}, Naht {}) passen nicht.</translation>
        </message>
        <message>
            <source>The bundle's card {} names a file outside the bundle, or one that no file of a bundle can have: {}.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>Die Karte des Pakets {} nennt eine Datei außerhalb des Pakets, oder einen Namen, den keine Datei eines Pakets haben kann: {}.</translation>
        </message>
        <message>
            <source>The bundle's draft has {} diffusion steps; it needs one at least.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>Der Entwurf des Pakets hat {} Diffusionsschritte; er braucht mindestens einen.</translation>
        </message>
        <message>
            <source>The bundle's fusion is kept to a detail of {} px, too much for tiles that share {}: neighbours would disagree on the local mean.</source>
            <translation type="vanished">Die Fusion des Pakets beschränkt sich auf ein Detail von {} px, zu viel für Kacheln, die {} gemeinsam haben: Nachbarn wären sich über den örtlichen Mittelwert uneins.</translation>
        </message>
        <message>
            <source>The bundle's margin {} must be under half of what tiles share.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>Der Rand {} des Modellpakets muss unter der Hälfte dessen liegen, was sich Kacheln teilen.</translation>
        </message>
        <message>
            <source>The bundle's seam {} must be at most half the block's side, {}.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>Die Naht {} des Modellpakets darf höchstens die halbe Seite des Blocks sein, {}.</translation>
        </message>
        <message>
            <source>The bundle's tiles cannot share {} px.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>Die Kacheln des Modellpakets können sich nicht {} px teilen.</translation>
        </message>
        <message>
            <source>The bundle's window (size {}, overlap {}) does not fit.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>Das Fenster des Modellpakets (Größe {}, Überlappung {}) passt nicht.</translation>
        </message>
        <message>
            <source>The card of {} gives no hash of {}: nobody can tell whether it is what its maker made.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>Die Karte von {} nennt keine Prüfsumme von {}: Niemand kann sagen, ob es ist, was gemacht wurde.</translation>
        </message>
        <message>
            <source>The certificate of {} is not trusted.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Dem Zertifikat von {} wird nicht vertraut.</translation>
        </message>
        <message>
            <source>The certificates for {} cannot be read: {}.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Die Zertifikate für {} können nicht gelesen werden: {}.</translation>
        </message>
        <message>
            <source>The chosen area lies outside the image.</source>
            <extracomment>gac_qgis_plugin/export/grid.py</extracomment>
            <translation>Der gewählte Bereich liegt außerhalb des Bildes.</translation>
        </message>
        <message>
            <source>The chosen area lies outside the radar layer '{}'.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Der gewählte Bereich liegt außerhalb des Radar-Layers „{}“.</translation>
        </message>
        <message>
            <source>The colours of the picture, and of the figure</source>
            <translation type="vanished">Die Farben des Bildes und der Abbildung</translation>
        </message>
        <message>
            <source>The colours of the picture, and of the figure, in the range of the Compare tab</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Die Farben des Bildes und der Abbildung, im Wertebereich des Reiters Vergleich</translation>
        </message>
        <message>
            <source>The computer ran out of memory.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>Dem Rechner ging der Arbeitsspeicher aus.</translation>
        </message>
        <message>
            <source>The computer ran out of memory: {}</source>
            <extracomment>gac_core/engine/stage_runner.py</extracomment>
            <translation>Dem Rechner ging der Arbeitsspeicher aus: {}</translation>
        </message>
        <message>
            <source>The computer's memory is too small for {}: the run may be very slow or end. Close other programs, or choose a smaller bundle.</source>
            <extracomment>gac_core/engine/estimate.py</extracomment>
            <translation>Der Speicher des Rechners ist zu klein für {}: Der Lauf kann sehr langsam sein oder abbrechen. Schließen Sie andere Programme, oder wählen Sie ein kleineres Paket.</translation>
        </message>
        <message>
            <source>The disk became full while {} was fetched.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Die Platte wurde voll, während {} geholt wurde.</translation>
        </message>
        <message>
            <source>The disk became full.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Die Platte wurde voll.</translation>
        </message>
        <message>
            <source>The disk has too little room: free some, choose another output folder, or a smaller extent.</source>
            <extracomment>gac_core/engine/estimate.py</extracomment>
            <translation>Die Platte hat zu wenig Platz: Schaffen Sie welchen, wählen Sie einen anderen Ausgabeordner oder eine kleinere Ausdehnung.</translation>
        </message>
        <message>
            <source>The disk is full for every worker.</source>
            <translation type="vanished">Die Platte ist für jeden Worker voll.</translation>
        </message>
        <message>
            <source>The disk of {} has too little room: {} are needed, {} are free.</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>Der Datenträger von {} hat zu wenig Platz: {} werden gebraucht, {} sind frei.</translation>
        </message>
        <message>
            <source>The download cannot go through a SOCKS proxy.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Der Download kann nicht durch einen SOCKS-Proxy gehen.</translation>
        </message>
        <message>
            <source>The engine could not manage the models.</source>
            <extracomment>gac_qgis_plugin/models.py</extracomment>
            <translation>Die Modelle konnten nicht verwaltet werden.</translation>
        </message>
        <message>
            <source>The environment could not be made.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Die Umgebung konnte nicht angelegt werden.</translation>
        </message>
        <message>
            <source>The environment could not be removed.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Die Umgebung konnte nicht entfernt werden.</translation>
        </message>
        <message>
            <source>The environment could not be worked on: {}.</source>
            <translation type="vanished">An der Umgebung konnte nicht gearbeitet werden: {}.</translation>
        </message>
        <message>
            <source>The environment in {} is being made already.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Die Umgebung in {} wird schon angelegt.</translation>
        </message>
        <message>
            <source>The environment is being worked on.</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py, gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>An der Umgebung wird gearbeitet.</translation>
        </message>
        <message>
            <source>The environment is being worked on…</source>
            <translation type="vanished">An der Umgebung wird gearbeitet…</translation>
        </message>
        <message>
            <source>The environment is ready.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Die Umgebung ist bereit.</translation>
        </message>
        <message>
            <source>The environment was made, but does not work: {}</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Die Umgebung wurde angelegt, geht aber nicht: {}</translation>
        </message>
        <message>
            <source>The environment works, but not its GPU: {} ({})</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Die Umgebung läuft, aber nicht die GPU: {} ({})</translation>
        </message>
        <message>
            <source>The environment's pip does not work.</source>
            <translation type="vanished">Das pip der Umgebung geht nicht.</translation>
        </message>
        <message>
            <source>The export failed: {}.</source>
            <extracomment>gac_qgis_plugin/export/task.py</extracomment>
            <translation>Der Export ist fehlgeschlagen: {}.</translation>
        </message>
        <message>
            <source>The export into {} failed: {}.</source>
            <extracomment>gac_qgis_plugin/export/task.py</extracomment>
            <translation>Der Export nach {} ist fehlgeschlagen: {}.</translation>
        </message>
        <message>
            <source>The export needs a folder, and a name that is not a path.</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Der Export braucht einen Ordner und einen Namen, der kein Pfad ist.</translation>
        </message>
        <message>
            <source>The export was cancelled; its files were removed.</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Der Export wurde abgebrochen; nichts davon ist übrig.</translation>
        </message>
        <message>
            <source>The extent is {}.</source>
            <extracomment>gac_core/contract/options.py</extracomment>
            <translation>Die Ausdehnung ist {}.</translation>
        </message>
        <message>
            <source>The extent reaches beyond the scene: {} % of it lies on the scene and is computed.</source>
            <extracomment>gac_core/scene/extent.py</extracomment>
            <translation>Die Ausdehnung reicht über die Szene hinaus: {} % von ihr liegen auf der Szene und werden berechnet.</translation>
        </message>
        <message>
            <source>The extent {} cannot be placed on the scene's grid (EPSG:{}).</source>
            <extracomment>gac_core/scene/extent.py</extracomment>
            <translation>Die Ausdehnung {} kann nicht auf das Raster der Szene gelegt werden (EPSG:{}).</translation>
        </message>
        <message>
            <source>The extent {} cannot be placed on the scene: its CRS does not reach there; {}.</source>
            <extracomment>gac_core/scene/extent.py</extracomment>
            <translation>Die Ausdehnung {} kann nicht auf die Szene gelegt werden: Ihr KBS reicht nicht bis dorthin; {}.</translation>
        </message>
        <message>
            <source>The extent {} contains a coordinate that is not finite.</source>
            <extracomment>gac_core/contract/options.py, gac_core/scene/extent.py</extracomment>
            <translation>Die Ausdehnung {} hat eine Kante, die keine Zahl ist.</translation>
        </message>
        <message>
            <source>The extent {} does not touch the scene: it is round {}, {}.</source>
            <extracomment>gac_core/scene/extent.py</extracomment>
            <translation>Die Ausdehnung {} berührt die Szene nicht: Sie liegt bei {}, {}.</translation>
        </message>
        <message>
            <source>The extent {} is empty.</source>
            <extracomment>gac_core/contract/options.py, gac_core/scene/extent.py</extracomment>
            <translation>Die Ausdehnung {} ist leer.</translation>
        </message>
        <message>
            <source>The extent's CRS {} is unknown.</source>
            <extracomment>gac_core/scene/extent.py</extracomment>
            <translation>Das KBS {} der Ausdehnung ist unbekannt.</translation>
        </message>
        <message>
            <source>The figure cannot be drawn.</source>
            <extracomment>gac_qgis_plugin/export/figure.py</extracomment>
            <translation>Die Abbildung kann nicht gezeichnet werden.</translation>
        </message>
        <message>
            <source>The figure {} cannot be saved.</source>
            <extracomment>gac_qgis_plugin/export/figure.py</extracomment>
            <translation>Die Abbildung {} kann nicht gespeichert werden.</translation>
        </message>
        <message>
            <source>The file belongs to another model or version; the bundle names the right one.</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>Die Datei gehört zu einem anderen Modell oder einer anderen Version; das Paket nennt die richtige.</translation>
        </message>
        <message>
            <source>The file is damaged or its training failed. Fetch it again.</source>
            <extracomment>gac_core/networks/adapters.py, gac_core/networks/weights.py</extracomment>
            <translation>Die Datei ist beschädigt, oder ihr Training ist misslungen. Neu holen.</translation>
        </message>
        <message>
            <source>The file is damaged or its training failed. Train or fetch it again.</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>Die Datei ist beschädigt, oder ihr Training ist misslungen. Neu trainieren oder neu holen.</translation>
        </message>
        <message>
            <source>The file may be incomplete or gone: copy or download it again.</source>
            <extracomment>gac_core/scene/source.py</extracomment>
            <translation>Die Datei ist vielleicht unvollständig oder weg: neu kopieren oder herunterladen.</translation>
        </message>
        <message>
            <source>The file name {} cannot be kept on every system.</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>Den Dateinamen {} kann nicht jedes System speichern.</translation>
        </message>
        <message>
            <source>The file of the layer '{}' is no longer there ({}).</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Die Datei des Layers „{}“ ist nicht mehr da ({}).</translation>
        </message>
        <message>
            <source>The file {} can no longer be read: {}.</source>
            <extracomment>gac_core/engine/provenance.py</extracomment>
            <translation>Die Datei {} kann nicht mehr gelesen werden: {}.</translation>
        </message>
        <message>
            <source>The file {} cannot be opened: its name holds letters that are not in this system's encoding (UTF-8).</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Die Datei {} kann nicht geöffnet werden: Ihr Name enthält Buchstaben, die nicht in der Kodierung dieses Systems (UTF-8) sind.</translation>
        </message>
        <message>
            <source>The file {} cannot be read: it is a damaged or incomplete GeoTIFF.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Die Datei {} kann nicht gelesen werden: Sie ist ein beschädigtes oder unvollständiges GeoTIFF.</translation>
        </message>
        <message>
            <source>The file {} cannot be read: {}.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Die Datei {} kann nicht gelesen werden: {}.</translation>
        </message>
        <message>
            <source>The file {} does not exist.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Die Datei {} gibt es nicht.</translation>
        </message>
        <message>
            <source>The file {} is a link to a file that does not exist.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Die Datei {} ist eine Verknüpfung zu einer Datei, die es nicht gibt.</translation>
        </message>
        <message>
            <source>The file {} is missing.</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>Die Datei {} fehlt.</translation>
        </message>
        <message>
            <source>The file {} is no longer there.</source>
            <extracomment>gac_qgis_plugin/gui/compare/session.py</extracomment>
            <translation>Die Datei {} ist nicht mehr da.</translation>
        </message>
        <message>
            <source>The file {} is not a file but a pipe or a device.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>Die Datei {} ist keine Datei, sondern eine Pipe oder ein Gerät.</translation>
        </message>
        <message>
            <source>The file {} is not the one that its card names: its SHA-256 is {}…, not {}….</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>Die Datei {} ist nicht die, die ihre Karte nennt: Ihre SHA-256 ist {}…, nicht {}….</translation>
        </message>
        <message>
            <source>The file {} is not the one that was trained: its SHA-256 is {}…, not {}….</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>Die Datei {} ist nicht die trainierte: Ihr SHA-256 ist {}…, nicht {}….</translation>
        </message>
        <message>
            <source>The file {} was changed or removed while it was being read.</source>
            <extracomment>gac_core/scene/source.py</extracomment>
            <translation>Die Datei {} wurde geändert oder entfernt, während sie gelesen wurde.</translation>
        </message>
        <message>
            <source>The files came VH first: {} is taken as VV, {} as VH.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>Die Dateien kamen mit VH zuerst: {} gilt als VV, {} als VH.</translation>
        </message>
        <message>
            <source>The folder of the models cannot be remembered in {}: {}.</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>Der Ordner der Modelle kann in {} nicht festgehalten werden: {}.</translation>
        </message>
        <message>
            <source>The folder of the models, {}, cannot be written to: {}.</source>
            <extracomment>gac_core/store/lock.py</extracomment>
            <translation>In den Ordner der Modelle, {}, kann nicht geschrieben werden: {}.</translation>
        </message>
        <message>
            <source>The image of another date: {}</source>
            <translation type="vanished">Das Bild des anderen Datums: {}</translation>
        </message>
        <message>
            <source>The image {} cannot be read.</source>
            <extracomment>gac_qgis_plugin/rasters.py</extracomment>
            <translation>Das Bild {} kann nicht gelesen werden.</translation>
        </message>
        <message>
            <source>The image {} is no longer there.</source>
            <extracomment>gac_qgis_plugin/export/parameters.py</extracomment>
            <translation>Das Bild {} ist nicht mehr da.</translation>
        </message>
        <message>
            <source>The images are of different sizes: {}.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>Die Bilder sind verschieden groß: {}.</translation>
        </message>
        <message>
            <source>The input {} lies in the working folder of {}, which the run empties.</source>
            <extracomment>gac_core/engine/folder.py</extracomment>
            <translation>Die Eingabe {} liegt im Arbeitsordner von {}, den der Lauf leert.</translation>
        </message>
        <message>
            <source>The installer uv could not be fetched.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Das Installationsprogramm uv konnte nicht geholt werden.</translation>
        </message>
        <message>
            <source>The installer uv could not be fetched: no Python with pip was found.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Das Installationsprogramm uv konnte nicht geholt werden: Kein Python mit pip wurde gefunden.</translation>
        </message>
        <message>
            <source>The last stage that is computed; fewer take less time</source>
            <translation type="vanished">Die letzte Stufe, die berechnet wird; weniger dauern kürzer</translation>
        </message>
        <message>
            <source>The layer '{}' comes from a web map service (wms): it shows pictures, not measurements.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Der Layer „{}“ kommt von einem Web Map Service (wms): Er zeigt Bilder, keine Messwerte.</translation>
        </message>
        <message>
            <source>The layer '{}' comes from {}, which the worker cannot open.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Der Layer „{}“ kommt von {}, was der Rechenprozess nicht öffnen kann.</translation>
        </message>
        <message>
            <source>The layer '{}' does not say which coverage of which service it is.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Der Layer „{}“ sagt nicht, welche Coverage welches Dienstes er ist.</translation>
        </message>
        <message>
            <source>The layer '{}' has a filter or edits that are not saved.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Der Layer „{}“ hat einen Filter oder ungespeicherte Änderungen.</translation>
        </message>
        <message>
            <source>The layer '{}' has no polygon to clip to.</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Der Layer „{}“ hat kein Polygon zum Zuschneiden.</translation>
        </message>
        <message>
            <source>The layer '{}' is a view of the radar for the eye.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Der Layer „{}“ ist eine Ansicht des Radars für das Auge.</translation>
        </message>
        <message>
            <source>The layer '{}' is an image that GAC generated, not observed.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Der Layer „{}“ ist ein von GAC erzeugtes Bild, nicht beobachtet.</translation>
        </message>
        <message>
            <source>The layer '{}' is an image that GAC generated, not radar.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Der Layer „{}“ ist ein von GAC erzeugtes Bild, kein Radar.</translation>
        </message>
        <message>
            <source>The layer '{}' is only in QGIS's memory ({}).</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Der Layer „{}“ liegt in QGIS' eigenem Speicher ({}).</translation>
        </message>
        <message>
            <source>The layer '{}' needs a password that QGIS keeps; the worker does not get it.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Der Layer „{}“ braucht ein Passwort, das QGIS verwahrt; der Rechenprozess bekommt es nicht.</translation>
        </message>
        <message>
            <source>The layer '{}' was opened with options ({}) that the worker cannot use.</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>Der Layer „{}“ wurde mit eigenen Optionen geöffnet ({}), die der Rechenprozess nicht verwenden kann.</translation>
        </message>
        <message>
            <source>The layer {} is gone.</source>
            <extracomment>gac_qgis_plugin/processing/base.py</extracomment>
            <translation>Der Layer {} ist nicht mehr da.</translation>
        </message>
        <message>
            <source>The layers below the group: the radar</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Was unter der Gruppe liegt: das Radar</translation>
        </message>
        <message>
            <source>The lens shows some {:.0f} km: too small to see at this scale. Zoom in.</source>
            <extracomment>gac_qgis_plugin/gui/lens.py</extracomment>
            <translation>Die Lupe zeigt etwa {:.0f} km: in diesem Maßstab zu klein. Hineinzoomen.</translation>
        </message>
        <message>
            <source>The list {} cannot be read: {}.</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>Die Liste {} ist nicht lesbar: {}.</translation>
        </message>
        <message>
            <source>The mask {} cannot be read: {}.</source>
            <extracomment>gac_core/optical/polygons.py</extracomment>
            <translation>Die Maske {} kann nicht gelesen werden: {}.</translation>
        </message>
        <message>
            <source>The mask {} does not lie where the optical image does.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>Die Maske {} liegt nicht dort, wo das optische Bild liegt.</translation>
        </message>
        <message>
            <source>The mask {} is of {}, the image of {}.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>Die Maske {} ist vom {}, das Bild vom {}.</translation>
        </message>
        <message>
            <source>The memory {} is no size.</source>
            <translation type="vanished">Der Speicher {} ist keine Größenangabe.</translation>
        </message>
        <message>
            <source>The minimum of the extent {} exceeds its maximum.</source>
            <extracomment>gac_core/contract/options.py, gac_core/scene/extent.py</extracomment>
            <translation>Die Ausdehnung {} ist verdreht.</translation>
        </message>
        <message>
            <source>The modality is {}.</source>
            <extracomment>gac_core/scene/scene.py</extracomment>
            <translation>Die Art ist {}.</translation>
        </message>
        <message>
            <source>The models need VV and VH together: give a dual-polarised scene (1SDV).</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>Die Modelle brauchen VV und VH zusammen: eine Szene mit beiden Polarisationen angeben (1SDV).</translation>
        </message>
        <message>
            <source>The models need their own Python environment; there is none yet.</source>
            <extracomment>gac_qgis_plugin/worker/engine.py</extracomment>
            <translation>Die Modelle brauchen eine eigene Python-Umgebung; noch gibt es keine.</translation>
        </message>
        <message>
            <source>The models of the run are not what is there now.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>Die Modelle des Laufs sind nicht mehr die, die jetzt da sind.</translation>
        </message>
        <message>
            <source>The models of this run have no adversary. Run again with models that have one.</source>
            <translation type="vanished">Die Modelle dieses Laufs haben keinen Gegenspieler. Rechnen Sie noch einmal mit Modellen, die einen haben.</translation>
        </message>
        <message>
            <source>The models that compute</source>
            <translation type="vanished">Welche Modelle rechnen</translation>
        </message>
        <message>
            <source>The models'</source>
            <translation type="vanished">Die der Modelle</translation>
        </message>
        <message>
            <source>The models' environment is broken: {}{}.</source>
            <extracomment>gac_qgis_plugin/worker/engine.py</extracomment>
            <translation>Die Umgebung der Modelle ist kaputt: {}{}.</translation>
        </message>
        <message>
            <source>The models' environment is ready.</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py, gac_qgis_plugin/worker/engine.py</extracomment>
            <translation>Die Umgebung der Modelle ist bereit.</translation>
        </message>
        <message>
            <source>The models' environment: {}</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>Die Umgebung der Modelle: {}</translation>
        </message>
        <message>
            <source>The models' environment…</source>
            <extracomment>gac_qgis_plugin/plugin_main.py</extracomment>
            <translation>Umgebung der Modelle…</translation>
        </message>
        <message>
            <source>The models' folder {} does not exist.</source>
            <extracomment>gac_core/store/lock.py</extracomment>
            <translation>Der Ordner der Modelle, {}, ist nicht da.</translation>
        </message>
        <message>
            <source>The models' folder {} is missing: plug in its disk, or choose another folder.</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Der Ordner der Modelle, {}, ist nicht da: Schließen Sie seine Platte an, oder wählen Sie einen anderen.</translation>
        </message>
        <message>
            <source>The month given to stage 2, as a season of the place</source>
            <translation type="vanished">Der Monat, der Stufe 2 genannt wird, als Jahreszeit des Ortes</translation>
        </message>
        <message>
            <source>The name {} cannot be that of a bundle.</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>So kann ein Paket nicht heißen: {}.</translation>
        </message>
        <message>
            <source>The nodata value '{}' is not a number.</source>
            <extracomment>gac_qgis_plugin/labels.py</extracomment>
            <translation>Der Leerwert „{}“ ist keine Zahl.</translation>
        </message>
        <message>
            <source>The optical file {} needs a password or key, which a batch does not store.</source>
            <extracomment>gac_core/optical/use.py</extracomment>
            <translation>Die optische Datei {} braucht ein Passwort oder einen Schlüssel, und das speichert ein Stapel nicht.</translation>
        </message>
        <message>
            <source>The optical files</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>Die optischen Dateien</translation>
        </message>
        <message>
            <source>The optical files, from {} on, are of several dates: {}.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>Die optischen Dateien, ab {}, sind von mehreren Daten: {}.</translation>
        </message>
        <message>
            <source>The optical image</source>
            <extracomment>gac_core/optical/reference.py</extracomment>
            <translation>Das optische Bild</translation>
        </message>
        <message>
            <source>The optical image covers {} of the radar alone.</source>
            <extracomment>gac_core/optical/reference.py</extracomment>
            <translation>Das optische Bild bedeckt nur {} des Radars.</translation>
        </message>
        <message>
            <source>The optical image is {} days from the radar, of another season.</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>Zwischen optischem Bild und Radar liegen {} Tage: eine andere Jahreszeit.</translation>
        </message>
        <message>
            <source>The optical image is {} days from the radar, of another year.</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>Zwischen optischem Bild und Radar liegen {} Tage: ein anderes Jahr.</translation>
        </message>
        <message>
            <source>The optical reference lacks bands that TerraMind needs: stage 1 was computed from the radar alone, and the reference was fused in afterwards.</source>
            <extracomment>gac_core/optical/use.py</extracomment>
            <translation>Der optischen Referenz fehlen Kanäle, die TerraMind braucht: Stufe 1 wurde nur aus dem Radar berechnet, die Referenz danach eingefügt.</translation>
        </message>
        <message>
            <source>The optical reference of {} is no longer what it was when the batch began.</source>
            <extracomment>gac_core/engine/batch_worker.py</extracomment>
            <translation>Die optische Referenz von {} ist nicht mehr, was sie bei Beginn des Stapels war.</translation>
        </message>
        <message>
            <source>The output folder {} already has runs of this second.</source>
            <extracomment>gac_qgis_plugin/core/paths.py</extracomment>
            <translation>Der Ausgabeordner {} ist voll von Läufen aus genau dieser Sekunde.</translation>
        </message>
        <message>
            <source>The output folder {} cannot be made: {}.</source>
            <extracomment>gac_core/engine/folder.py, gac_qgis_plugin/core/paths.py</extracomment>
            <translation>Der Ausgabeordner {} kann nicht angelegt werden: {}.</translation>
        </message>
        <message>
            <source>The output folder {} cannot be written to.</source>
            <extracomment>gac_core/engine/folder.py</extracomment>
            <translation>In den Ausgabeordner {} kann nicht geschrieben werden.</translation>
        </message>
        <message>
            <source>The overviews of {} are in {}, which is not a file but a pipe or a device.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Die Pyramiden von {} sind in {}, das keine Datei ist, sondern eine Pipe oder ein Gerät.</translation>
        </message>
        <message>
            <source>The package index cannot be reached.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Der Paketindex ist nicht erreichbar.</translation>
        </message>
        <message>
            <source>The package index has no file of {what} for this Python and system.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Der Paketindex hat keine Datei von {what} für dieses Python und System.</translation>
        </message>
        <message>
            <source>The package index's certificate is not trusted.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Dem Zertifikat des Paketindexes wird nicht vertraut.</translation>
        </message>
        <message>
            <source>The packages could not be built.</source>
            <translation type="vanished">Die Pakete konnten nicht gebaut werden.</translation>
        </message>
        <message>
            <source>The packages could not be fetched.</source>
            <translation type="vanished">Die Pakete konnten nicht geholt werden.</translation>
        </message>
        <message>
            <source>The packages could not be installed.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Die Pakete konnten nicht installiert werden.</translation>
        </message>
        <message>
            <source>The part of stage {} in {} does not say on which {} it was trained.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>Der Teil der Stufe {} in {} sagt nicht, auf welchem {} er trainiert wurde.</translation>
        </message>
        <message>
            <source>The part of stage {} in {} was trained on another {}: that of the bundle {} ({}…), not of {} ({}…).</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>Der Teil der Stufe {} in {} wurde auf einem anderen {} trainiert: dem des Pakets {} ({}…), nicht von {} ({}…).</translation>
        </message>
        <message>
            <source>The part of the image that is exported</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Welcher Teil des Bildes exportiert wird</translation>
        </message>
        <message>
            <source>The part {} lies in {}, which is replaced.</source>
            <extracomment>gac_core/store/integrity.py</extracomment>
            <translation>Der Teil {} liegt in {}, das ersetzt wird.</translation>
        </message>
        <message>
            <source>The path contains a null byte.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>Ein Pfad enthält ein Nullbyte, das kein Name haben kann.</translation>
        </message>
        <message>
            <source>The plan {} cannot be read: another version of GAC wrote it.</source>
            <extracomment>gac_core/engine/batch_plan.py</extracomment>
            <translation>Der Plan {} kann nicht gelesen werden: Eine andere Version von GAC hat ihn geschrieben.</translation>
        </message>
        <message>
            <source>The plan {} cannot be read: it is damaged, or another version of GAC wrote it.</source>
            <translation type="vanished">Der Plan {} ist nicht lesbar: er ist beschädigt, oder eine andere Version von GAC schrieb ihn.</translation>
        </message>
        <message>
            <source>The plan {} cannot be read: {}.</source>
            <extracomment>gac_core/engine/batch_plan.py</extracomment>
            <translation>Der Plan {} kann nicht gelesen werden: {}.</translation>
        </message>
        <message>
            <source>The plugin in {} is incomplete: gac_core or resources are missing.</source>
            <extracomment>gac_qgis_plugin/core/paths.py</extracomment>
            <translation>Die Erweiterung in {} ist unvollständig: gac_core oder resources fehlen.</translation>
        </message>
        <message>
            <source>The polygons {} are not on this computer.</source>
            <extracomment>gac_core/optical/polygons.py</extracomment>
            <translation>Die Polygone {} sind nicht auf diesem Rechner.</translation>
        </message>
        <message>
            <source>The position of {} contains values that are not finite.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Die Lage von {} enthält Werte, die keine Zahlen sind.</translation>
        </message>
        <message>
            <source>The processor or graphics card that computes; a graphics card is many times faster</source>
            <translation type="vanished">Was rechnet; eine Grafikkarte ist um ein Vielfaches schneller</translation>
        </message>
        <message>
            <source>The project was closed meanwhile; its files are in {}.</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>Das Projekt wurde inzwischen geschlossen; die Dateien sind in {}.</translation>
        </message>
        <message>
            <source>The proxy did not let the download through.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Der Proxy hat den Download nicht durchgelassen.</translation>
        </message>
        <message>
            <source>The proxy did not let the installer through.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>Der Proxy hat das Installationsprogramm nicht durchgelassen.</translation>
        </message>
        <message>
            <source>The radar beside the image, with scale bar and mark</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>Das Radar neben dem Bild, mit Maßstabsleiste und Kennzeichnung</translation>
        </message>
        <message>
            <source>The radar file is no longer the one that the run read.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>Die Radardatei ist nicht mehr die, die der Lauf gelesen hat.</translation>
        </message>
        <message>
            <source>The radar file was changed while it was being read.</source>
            <translation type="vanished">Die Radardatei wurde geändert, während sie gelesen wurde.</translation>
        </message>
        <message>
            <source>The radar file {} can no longer be read: {}.</source>
            <translation type="vanished">Die Radardatei {} kann nicht mehr gelesen werden: {}.</translation>
        </message>
        <message>
            <source>The radar file {} cannot be opened: its name holds letters that are not in this system's encoding (UTF-8).</source>
            <translation type="vanished">Die Radardatei {} kann nicht geöffnet werden: Ihr Name enthält Buchstaben, die nicht in der Kodierung dieses Systems (UTF-8) sind.</translation>
        </message>
        <message>
            <source>The radar file {} cannot be read: it is a damaged or incomplete GeoTIFF.</source>
            <translation type="vanished">Die Radardatei {} kann nicht gelesen werden: Sie ist ein beschädigtes oder unvollständiges GeoTIFF.</translation>
        </message>
        <message>
            <source>The radar file {} cannot be read: {}.</source>
            <translation type="vanished">Die Radardatei {} kann nicht gelesen werden: {}.</translation>
        </message>
        <message>
            <source>The radar file {} does not exist.</source>
            <translation type="vanished">Die Radardatei {} gibt es nicht.</translation>
        </message>
        <message>
            <source>The radar file {} is a link to a file that does not exist.</source>
            <translation type="vanished">Die Radardatei {} ist eine Verknüpfung zu einer Datei, die es nicht gibt.</translation>
        </message>
        <message>
            <source>The radar file {} is not a file but a pipe or a device.</source>
            <translation type="vanished">Die Radardatei {} ist keine Datei, sondern eine Pipe oder ein Gerät.</translation>
        </message>
        <message>
            <source>The radar file {} was changed or removed while it was being read.</source>
            <translation type="vanished">Die Radardatei {} wurde geändert oder entfernt, während sie gelesen wurde.</translation>
        </message>
        <message>
            <source>The radar files (sar) are {}.</source>
            <translation type="vanished">Die Radardateien (sar) sind {}.</translation>
        </message>
        <message>
            <source>The radar has no valid pixel.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>Das Radar hat keinen gültigen Pixel.</translation>
        </message>
        <message>
            <source>The radar holds no measurement in the area: all {} x {} pixels of it are nodata.</source>
            <extracomment>gac_core/scene/scene.py</extracomment>
            <translation>Das Radar enthält in diesem Bereich keine Messung: Alle {} x {} Pixel davon sind Leerwerte.</translation>
        </message>
        <message>
            <source>The radar is {}, and the models of bundle {} know {} only.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>Das Radar ist {}, und die Modelle des Pakets {} kennen nur {}.</translation>
        </message>
        <message>
            <source>The radar of this run no longer exists: {}.</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>Das Radar dieses Laufs ist nicht mehr da: {}.</translation>
        </message>
        <message>
            <source>The radar of {} is no longer what it was when the batch began.</source>
            <extracomment>gac_core/engine/batch_worker.py</extracomment>
            <translation>Das Radar von {} ist nicht mehr das, was es bei Beginn des Stapels war.</translation>
        </message>
        <message>
            <source>The radar {} cannot be read for the figure.</source>
            <extracomment>gac_qgis_plugin/export/figure.py</extracomment>
            <translation>Das Radar {} kann für die Abbildung nicht gelesen werden.</translation>
        </message>
        <message>
            <source>The radar's address has a password or key, which GAC writes into no file.</source>
            <extracomment>gac_qgis_plugin/radar_layers.py</extracomment>
            <translation>Die Adresse des Radars hat ein Passwort oder einen Schlüssel, den GAC in keine Datei schreibt.</translation>
        </message>
        <message>
            <source>The radar's values lie around {}: they are not in dB.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>Die Werte des Radars liegen um {}: Sie sind nicht in dB.</translation>
        </message>
        <message>
            <source>The radar: calibrated, geocoded backscatter, VV and VH</source>
            <translation type="vanished">Das Radar: kalibrierte, geokodierte Rückstreuung, VV und VH</translation>
        </message>
        <message>
            <source>The range that a raster layer of the project has now, one for all bands</source>
            <extracomment>gac_qgis_plugin/gui/compare/range_choice.py</extracomment>
            <translation>Der Wertebereich, den ein Rasterlayer des Projekts jetzt hat, einer für alle Kanäle</translation>
        </message>
        <message>
            <source>The rectangle is invalid.</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Das Rechteck ist ungültig.</translation>
        </message>
        <message>
            <source>The rectangle of the area cannot be read.</source>
            <translation type="vanished">Das Rechteck des Bereichs kann nicht gelesen werden.</translation>
        </message>
        <message>
            <source>The request cannot be understood: {}.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Die Anfrage ist nicht zu verstehen: {}.</translation>
        </message>
        <message>
            <source>The request has unknown settings: {}.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Die Anfrage hat unbekannte Einstellungen: {}.</translation>
        </message>
        <message>
            <source>The request is not a set of named values but {}.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Die Anfrage besteht nicht aus benannten Werten, sondern ist {}.</translation>
        </message>
        <message>
            <source>The result would replace the input {}.</source>
            <extracomment>gac_core/engine/folder.py</extracomment>
            <translation>Das Ergebnis würde die Eingabe {} ersetzen.</translation>
        </message>
        <message>
            <source>The run could not be monitored: {}.</source>
            <extracomment>gac_qgis_plugin/worker/tasks.py</extracomment>
            <translation>Der Lauf konnte nicht überwacht werden: {}.</translation>
        </message>
        <message>
            <source>The run in {} cannot be shown.</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>Der Lauf in {} kann nicht gezeigt werden.</translation>
        </message>
        <message>
            <source>The run in {} did not keep its stage {}.</source>
            <extracomment>gac_core/engine/stage_cache.py</extracomment>
            <translation>Der Lauf in {} hat seine Stufe {} nicht behalten.</translation>
        </message>
        <message>
            <source>The run in {} has no images.</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>Der Lauf in {} hat keine Bilder.</translation>
        </message>
        <message>
            <source>The run in {} has no stage {}.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>Der Lauf in {} hat keine Stufe {}.</translation>
        </message>
        <message>
            <source>The run in {} has no undamaged files of its stage {}.</source>
            <extracomment>gac_core/engine/stage_cache.py</extracomment>
            <translation>Was der Lauf in {} von seiner Stufe {} behalten hat, ist beschädigt oder weg.</translation>
        </message>
        <message>
            <source>The run in {} is in progress.</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>Der Lauf in {} ist unterwegs.</translation>
        </message>
        <message>
            <source>The run in {} is not complete.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>Der Lauf in {} ist nicht vollständig.</translation>
        </message>
        <message>
            <source>The run is done; its files are SYNTHETIC.</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>Der Lauf ist fertig; seine Dateien sind SYNTHETIC.</translation>
        </message>
        <message>
            <source>The run is done; its layers are SYNTHETIC.</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>Der Lauf ist fertig; seine Layer sind SYNTHETIC.</translation>
        </message>
        <message>
            <source>The run that is displayed</source>
            <translation type="vanished">Welcher Lauf des Projekts angesehen wird</translation>
        </message>
        <message>
            <source>The run to look at</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Der Lauf, um den es geht</translation>
        </message>
        <message>
            <source>The run was cancelled.</source>
            <extracomment>gac_core/contract/errors.py</extracomment>
            <translation>Der Lauf wurde abgebrochen.</translation>
        </message>
        <message>
            <source>The run was cancelled; finished stages are kept.</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>Der Lauf wurde abgebrochen; die fertigen Stufen bleiben erhalten.</translation>
        </message>
        <message>
            <source>The run was stopped before anything was computed.</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>Der Lauf wurde angehalten, bevor etwas berechnet war.</translation>
        </message>
        <message>
            <source>The run was stopped; computed tiles are kept.</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>Der Lauf wurde angehalten; das Berechnete bleibt erhalten.</translation>
        </message>
        <message>
            <source>The run would replace the one that it takes stages from, in {}.</source>
            <extracomment>gac_core/engine/plan.py</extracomment>
            <translation>Der Lauf würde den ersetzen, aus dem er Stufen nimmt, in {}.</translation>
        </message>
        <message>
            <source>The same seed gives the same pixels at the same place.</source>
            <translation type="vanished">Derselbe Seed gibt am selben Ort dieselben Pixel.</translation>
        </message>
        <message>
            <source>The same settings, or with changes</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Mit denselben Einstellungen, oder mit Änderungen</translation>
        </message>
        <message>
            <source>The scene has {} m pixels: it is resampled to 10 m, but detail finer than that is not in it.</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>Die Szene hat Pixel von {} m: Sie wird auf 10 m umgerechnet, aber feinere Einzelheiten sind nicht darin.</translation>
        </message>
        <message>
            <source>The scheduler at {} does not answer any more.</source>
            <translation type="vanished">Der Scheduler unter {} antwortet nicht mehr.</translation>
        </message>
        <message>
            <source>The scheduler at {} takes encrypted connections only.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Der Scheduler unter {} nimmt nur verschlüsselte Verbindungen an.</translation>
        </message>
        <message>
            <source>The scores in {} are those of another bundle: none of its files is {}.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>Die Werte in {} gehören zu einem anderen Paket: Keine seiner Dateien ist {}.</translation>
        </message>
        <message>
            <source>The server may have stopped answering, or the access has expired: try again, or download the file.</source>
            <extracomment>gac_core/scene/source.py</extracomment>
            <translation>Der Server antwortet vielleicht nicht mehr, oder der Zugang ist abgelaufen: noch einmal versuchen, oder die Datei herunterladen.</translation>
        </message>
        <message>
            <source>The set-up of the models' environment was not finished.</source>
            <extracomment>gac_qgis_plugin/worker/engine.py</extracomment>
            <translation>Das Einrichten der Umgebung für die Modelle wurde begonnen und nicht beendet.</translation>
        </message>
        <message>
            <source>The size of the run, in pixels of 10 m</source>
            <translation type="vanished">Was ein Lauf berechnet, in Pixeln von 10 m</translation>
        </message>
        <message>
            <source>The speckle of VH is {} times as strong as that of VV: one of them may be amplitude and the other power. Give both in the same unit.</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>Der Speckle von VH ist {}-mal so stark wie der von VV: Vielleicht ist eines Amplitude und das andere Leistung. Beide in derselben Einheit angeben.</translation>
        </message>
        <message>
            <source>The stages could not be kept for other runs: {}</source>
            <extracomment>gac_core/engine/pipeline.py</extracomment>
            <translation>Die Stufen konnten nicht für andere Läufe behalten werden: {}</translation>
        </message>
        <message>
            <source>The sun stood {} degrees above the horizon: shadows hide much of the ground.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>Die Sonne stand {} Grad über dem Horizont: Schatten verdecken viel vom Boden.</translation>
        </message>
        <message>
            <source>The token was refused.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Das Token wurde abgelehnt.</translation>
        </message>
        <message>
            <source>The trained part in {} is incomplete: {} is missing.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>Der trainierte Teil in {} ist unvollständig: {} fehlt.</translation>
        </message>
        <message>
            <source>The trained part's card {} names a file outside its folder, or one that not every system can store: {}.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>Die Karte des trainierten Teils {} nennt eine Datei außerhalb seines Ordners, oder eine, die nicht jedes System speichern kann: {}.</translation>
        </message>
        <message>
            <source>The unfinished run in this folder could not be read. Everything was computed again.</source>
            <extracomment>gac_core/engine/checkpoint.py</extracomment>
            <translation>Was ein unfertiger Lauf in diesem Ordner hinterlassen hat, konnte nicht gelesen werden. Alles wurde neu berechnet.</translation>
        </message>
        <message>
            <source>The unfinished run in this folder could not be resumed: {} differ. Everything was computed again.</source>
            <extracomment>gac_core/engine/checkpoint.py</extracomment>
            <translation>Ein unfertiger Lauf in diesem Ordner konnte nicht fortgesetzt werden: {} sind anders. Alles wurde neu berechnet.</translation>
        </message>
        <message>
            <source>The unfinished run in this folder is of another version of GAC. Everything was computed again.</source>
            <extracomment>gac_core/engine/checkpoint.py</extracomment>
            <translation>Der unfertige Lauf in diesem Ordner stammt von einer anderen Version von GAC. Alles wurde neu berechnet.</translation>
        </message>
        <message>
            <source>The unfinished run in {} cannot be removed: a worker is at work on it, or the folder cannot be written to.</source>
            <extracomment>gac_qgis_plugin/controller.py</extracomment>
            <translation>Der unfertige Lauf in {} kann nicht entfernt werden: Ein Rechenprozess arbeitet daran, oder in den Ordner darf nicht geschrieben werden.</translation>
        </message>
        <message>
            <source>The unfinished run in {} was begun in {}.</source>
            <translation type="vanished">Der unfertige Lauf in {} wurde in {} begonnen.</translation>
        </message>
        <message>
            <source>The unfinished run's data of {} was damaged. It was computed again.</source>
            <extracomment>gac_core/engine/stage_runner.py</extracomment>
            <translation>Was ein unfertiger Lauf von {} hinterlassen hat, war beschädigt. Es wurde neu berechnet.</translation>
        </message>
        <message>
            <source>The unit is said to be {}, but the values look like {}: check it.</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>Als Einheit ist {} angegeben, aber die Werte sehen aus wie {}: bitte prüfen.</translation>
        </message>
        <message>
            <source>The unit is {}.</source>
            <extracomment>gac_core/scene/scene.py</extracomment>
            <translation>Die Einheit ist {}.</translation>
        </message>
        <message>
            <source>The value {} stands in both bands of {} of the scene: if it means no data, give it as nodata.</source>
            <extracomment>gac_core/scene/holes.py</extracomment>
            <translation>Der Wert {} steht in beiden Kanälen von {} der Szene: Wenn er für fehlende Daten steht, als Leerwert angeben.</translation>
        </message>
        <message>
            <source>The value {} stands in {} of {} of the scene: if it means no data and not a lack of signal, give it as nodata.</source>
            <extracomment>gac_core/scene/holes.py</extracomment>
            <translation>Der Wert {} steht in {} von {} der Szene: Wenn er für fehlende Daten steht und nicht für fehlendes Signal, als Leerwert angeben.</translation>
        </message>
        <message>
            <source>The values are all positive, which is unusual in dB.</source>
            <translation type="vanished">Alle Werte sind positiv, was in dB ungewöhnlich ist.</translation>
        </message>
        <message>
            <source>The values are unusual for {} ({}): {}. Check the unit.</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>Die Werte sind ungewöhnlich für {} ({}): {}. Die Einheit prüfen.</translation>
        </message>
        <message>
            <source>The variable {} says where models live: {}.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>Die Variable {} sagt, wo die Modelle liegen: {}.</translation>
        </message>
        <message>
            <source>The weight file {} cannot be read: it holds Python objects that may run code when they are loaded.</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>Die Gewichtsdatei {} kann nicht gelesen werden: Sie enthält Python-Objekte, die beim Laden Code ausführen können.</translation>
        </message>
        <message>
            <source>The weight file {} cannot be read: it is cut short or no weight file at all.</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>Die Gewichtsdatei {} kann nicht gelesen werden: Sie ist abgeschnitten oder gar keine Gewichtsdatei.</translation>
        </message>
        <message>
            <source>The weight file {} cannot be read: {}.</source>
            <extracomment>gac_core/networks/loading.py</extracomment>
            <translation>Die Gewichtsdatei {} kann nicht gelesen werden: {}.</translation>
        </message>
        <message>
            <source>The weight file {} contains NaN or infinite values (in {}).</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>Die Gewichtsdatei {} enthält Werte, die keine Zahlen sind (in {}).</translation>
        </message>
        <message>
            <source>The weight file {} contains NaN or infinite values: {}.</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>Die Gewichtsdatei {} enthält Werte, die keine Zahlen sind: {}.</translation>
        </message>
        <message>
            <source>The weight file {} does not fit the model:</source>
            <translation type="vanished">Die Gewichtsdatei {} passt nicht zum Modell:</translation>
        </message>
        <message>
            <source>The weight file {} does not fit the model: {}.</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>Die Gewichtsdatei {} passt nicht zum Modell: {}.</translation>
        </message>
        <message>
            <source>The weight file {} holds something other than tensors.</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>Die Gewichtsdatei {} enthält anderes als Tensoren.</translation>
        </message>
        <message>
            <source>The weights {} of bundle {} are not on this machine.</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>Die Gewichte {} des Pakets {} sind nicht auf diesem Rechner.</translation>
        </message>
        <message>
            <source>The weights {} of bundle {} are not on this machine: nobody vouches that {} is the file of Hugging Face's {}.</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>Die Gewichte {} des Pakets {} sind nicht auf diesem Rechner: Niemand bürgt dafür, dass {} die Datei von Hugging Faces {} ist.</translation>
        </message>
        <message>
            <source>The wheel folder {} lacks {} of {} packages: {}</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Dem Wheel-Ordner {} fehlen {} von {} Paketen: {}</translation>
        </message>
        <message>
            <source>The worker is busy with a run: the lens works again when the run has ended.</source>
            <extracomment>gac_qgis_plugin/gui/lens.py</extracomment>
            <translation>Der Rechenprozess arbeitet an einem Lauf: Die Lupe geht wieder, wenn der vorbei ist.</translation>
        </message>
        <message>
            <source>The worker knows no {}.</source>
            <extracomment>gac_core/worker/server.py</extracomment>
            <translation>Der Rechenprozess kennt {} nicht.</translation>
        </message>
        <message>
            <source>The worker on {} does not see this batch's plan in {}.</source>
            <extracomment>gac_core/engine/batch_worker.py</extracomment>
            <translation>Der Worker auf {} sieht den Plan dieses Stapels in {} nicht.</translation>
        </message>
        <message>
            <source>The worker on {} has GAC {} and PyTorch {}; the batch was begun with {}.</source>
            <extracomment>gac_core/engine/batch_worker.py</extracomment>
            <translation>Der Worker auf {} hat GAC {} und PyTorch {}; der Stapel wurde mit {} begonnen.</translation>
        </message>
        <message>
            <source>The worker reported an error without a message.</source>
            <extracomment>gac_qgis_plugin/worker/protocol.py</extracomment>
            <translation>Der Rechenprozess meldete einen Fehler, ohne ein Wort dazu.</translation>
        </message>
        <message>
            <source>The worker restarts with the next run. If it happens again, choose a smaller area or the CPU (Advanced, Device), and see the log panel 'GAC'.</source>
            <extracomment>gac_qgis_plugin/worker/client.py</extracomment>
            <translation>Der Rechenprozess startet mit dem nächsten Lauf neu. Wenn es wieder geschieht, einen kleineren Bereich oder die CPU wählen (Erweitert, Gerät) und im Protokoll „GAC“ nachsehen.</translation>
        </message>
        <message>
            <source>The worker was asked for a map of no stage of a run.</source>
            <translation type="vanished">Der Rechenprozess sollte eine Karte ohne Stufe eines Laufs machen.</translation>
        </message>
        <message>
            <source>The worker was asked for the spread of no run.</source>
            <translation type="vanished">Der Rechenprozess wurde nach der Streuung ohne Lauf gefragt.</translation>
        </message>
        <message>
            <source>The worker was sent a request of the wrong types.</source>
            <extracomment>gac_core/worker/channel.py</extracomment>
            <translation>Der Rechenprozess bekam eine Anfrage mit falschen Typen.</translation>
        </message>
        <message>
            <source>The worker was sent something that is not a request: {}.</source>
            <extracomment>gac_core/worker/channel.py</extracomment>
            <translation>Der Rechenprozess bekam etwas, das keine Anfrage ist: {}.</translation>
        </message>
        <message>
            <source>The worker's Python {}, {}, does not exist.</source>
            <extracomment>gac_qgis_plugin/worker/engine.py</extracomment>
            <translation>Das Python {} für den Rechenprozess, {}, gibt es nicht.</translation>
        </message>
        <message>
            <source>The workers that computed it ended, one after another.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Die Worker, die ihn berechneten, endeten einer nach dem anderen.</translation>
        </message>
        <message>
            <source>The working folder {} cannot be made: {}.</source>
            <extracomment>gac_core/engine/folder.py</extracomment>
            <translation>Der Arbeitsordner {} kann nicht angelegt werden: {}.</translation>
        </message>
        <message>
            <source>The {} are {}.</source>
            <extracomment>gac_core/contract/options.py</extracomment>
            <translation>Falsche Angabe, {}: {}.</translation>
        </message>
        <message>
            <source>The {} has a name of {} letters, which begins {}.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>{}: Der Name hat {} Zeichen und beginnt mit {}.</translation>
        </message>
        <message>
            <source>The {} is {}.</source>
            <extracomment>gac_core/contract/options.py</extracomment>
            <translation>Falsche Angabe, {}: {}.</translation>
        </message>
        <message>
            <source>The {} of the run is not what is there now: samples would differ by more than their seed.</source>
            <extracomment>gac_core/engine/spread.py</extracomment>
            <translation>Dies ist nicht mehr wie im Lauf: {}. Stichproben würden sich um mehr als den Seed unterscheiden.</translation>
        </message>
        <message>
            <source>The {} {} cannot be read: {}.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>Nicht lesbar, {} {}: {}.</translation>
        </message>
        <message>
            <source>The {} {} cannot be that of a bundle.</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>Für ein Paket nicht möglich, {}: {}.</translation>
        </message>
        <message>
            <source>The {} {} holds a character that no name can have.</source>
            <extracomment>gac_core/contract/options.py</extracomment>
            <translation>{} {}: Darin ist ein Zeichen, das kein Name haben kann.</translation>
        </message>
        <message>
            <source>The {} {} is incomplete or wrong: {}.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>Unvollständig oder falsch, {} {}: {}.</translation>
        </message>
        <message>
            <source>The {} {} is larger than {} MB, which none is.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>Größer als erlaubt, {} {}: über {} MB.</translation>
        </message>
        <message>
            <source>The {} {} is not a regular file.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>Keine gewöhnliche Datei, {}: {}.</translation>
        </message>
        <message>
            <source>Then run the same command again: what is complete stays.</source>
            <extracomment>gac_core/engine/batch.py</extracomment>
            <translation>Danach denselben Befehl erneut ausführen: Fertiges bleibt.</translation>
        </message>
        <message>
            <source>Then try again.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Dann noch einmal versuchen.</translation>
        </message>
        <message>
            <source>There are no further details.</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>Weitere Details gibt es nicht.</translation>
        </message>
        <message>
            <source>There is no Python for the environment.</source>
            <extracomment>gac_qgis_plugin/environment/choices.py</extracomment>
            <translation>Für die Umgebung gibt es kein Python.</translation>
        </message>
        <message>
            <source>There is no finished run in {}: its {} is missing or cannot be read.</source>
            <extracomment>gac_core/engine/stage_cache.py</extracomment>
            <translation>In {} ist kein fertiger Lauf: {} fehlt oder kann nicht gelesen werden.</translation>
        </message>
        <message>
            <source>There is no model bundle in {}: {} is missing.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>In {} ist kein Modellpaket: {} fehlt.</translation>
        </message>
        <message>
            <source>There is no model bundle {}.</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>Es gibt kein Modellpaket {}.</translation>
        </message>
        <message>
            <source>There is no polygon layer in the project.</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Im Projekt ist kein Polygonlayer.</translation>
        </message>
        <message>
            <source>There is no radar layer.</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Es gibt keinen Radar-Layer.</translation>
        </message>
        <message>
            <source>There is no result in this project yet. Start a run, or open one in Runs.</source>
            <translation type="vanished">In diesem Projekt ist noch kein Ergebnis. Einen Lauf starten oder unter Läufe einen öffnen.</translation>
        </message>
        <message>
            <source>There is no trained part in {}: {} is missing.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>In {} ist kein trainierter Teil: {} fehlt.</translation>
        </message>
        <message>
            <source>There is no unfinished run in {}.</source>
            <extracomment>gac_core/cli/commands.py, gac_qgis_plugin/jobs.py</extracomment>
            <translation>In {} ist kein unfertiger Lauf mehr.</translation>
        </message>
        <message>
            <source>There is not enough room for the environment in {}.</source>
            <extracomment>gac_qgis_plugin/environment/plan.py</extracomment>
            <translation>Für die Umgebung in {} ist nicht genug Platz.</translation>
        </message>
        <message>
            <source>These files are deleted permanently: {}.</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>Diese Dateien werden endgültig gelöscht: {}.</translation>
        </message>
        <message>
            <source>They go into {}; QGIS's own Python stays as it is.</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Sie kommen nach {}; QGIS' eigenes Python bleibt, wie es ist.</translation>
        </message>
        <message>
            <source>This computer</source>
            <extracomment>gac_qgis_plugin/processing/batch.py</extracomment>
            <translation>Dieser Rechner</translation>
        </message>
        <message>
            <source>This computer knows no user {}, whose folder {} is to be in.</source>
            <extracomment>gac_core/engine/plan.py</extracomment>
            <translation>Dieser Rechner kennt keinen Benutzer {}, in dessen Ordner {} liegen soll.</translation>
        </message>
        <message>
            <source>This is a fault in GAC. Please report it with the details.</source>
            <extracomment>gac_core/worker/server.py</extracomment>
            <translation>Das ist ein Fehler in GAC. Bitte mit den Details melden.</translation>
        </message>
        <message>
            <source>This is a fault in GAC: report it.</source>
            <extracomment>gac_core/engine/batch_tasks.py</extracomment>
            <translation>Das ist ein Fehler in GAC: bitte melden.</translation>
        </message>
        <message>
            <source>This is a fault of the plugin; please report it with the details.</source>
            <extracomment>gac_qgis_plugin/environment/manager.py, gac_qgis_plugin/export/task.py, gac_qgis_plugin/worker/tasks.py</extracomment>
            <translation>Das ist ein Fehler der Erweiterung; bitte mit den Details melden.</translation>
        </message>
        <message>
            <source>This machine</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>Dieser Rechner</translation>
        </message>
        <message>
            <source>This run</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Dieser Lauf</translation>
        </message>
        <message>
            <source>This run did not keep its stages (Run, Advanced, Keep stages).</source>
            <translation type="vanished">Dieser Lauf hat seine Stufen nicht behalten (Lauf, Erweitert, Stufen behalten).</translation>
        </message>
        <message>
            <source>This run's models have no adversary.</source>
            <extracomment>gac_qgis_plugin/gui/compare/trust_group.py</extracomment>
            <translation>Die Modelle dieses Laufs haben keinen Gegenspieler.</translation>
        </message>
        <message>
            <source>Tick the layers that hold its bands.</source>
            <extracomment>gac_qgis_plugin/gui/layer_combo.py</extracomment>
            <translation>Die Layer mit den Kanälen ankreuzen.</translation>
        </message>
        <message>
            <source>Tiles appear on the map as they are finished.</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Fertige Kacheln erscheinen auf der Karte.</translation>
        </message>
        <message>
            <source>Tiles of its current stage are lost. Complete stages stay.</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>Was er von der jetzigen Stufe berechnet hat, ist verloren. Fertige Stufen bleiben.</translation>
        </message>
        <message>
            <source>To begin at stage 2 or 3, name the run whose earlier stages to take.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Um bei Stufe 2 oder 3 zu beginnen, den Lauf nennen, dessen frühere Stufen übernommen werden.</translation>
        </message>
        <message>
            <source>To delete it: `gac models delete {}`.</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>Entfernen: `gac models delete {}`.</translation>
        </message>
        <message>
            <source>To give each worker a GPU of its own, dask-cuda is needed, and not installed.</source>
            <translation type="vanished">Um jedem Worker eine eigene GPU zu geben, wird dask-cuda gebraucht, das nicht installiert ist.</translation>
        </message>
        <message>
            <source>To resume it, run the same algorithm with the same output folder.</source>
            <translation type="vanished">Derselbe Algorithmus mit demselben Ausgabeordner setzt ihn fort.</translation>
        </message>
        <message>
            <source>Token</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Token</translation>
        </message>
        <message>
            <source>Train it again with this version of GAC.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>Mit dieser Version von GAC neu trainieren.</translation>
        </message>
        <message>
            <source>Train the part again with this version.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>Den Teil mit dieser Version neu trainieren.</translation>
        </message>
        <message>
            <source>Tropical &amp; Subtropical Coniferous Forests</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Tropische und subtropische Nadelwälder</translation>
        </message>
        <message>
            <source>Tropical &amp; Subtropical Dry Broadleaf Forests</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Tropische und subtropische trockene Laubwälder</translation>
        </message>
        <message>
            <source>Tropical &amp; Subtropical Grasslands, Savannas &amp; Shrublands</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Tropische und subtropische Grasländer, Savannen und Gebüsche</translation>
        </message>
        <message>
            <source>Tropical &amp; Subtropical Moist Broadleaf Forests</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Tropische und subtropische feuchte Laubwälder</translation>
        </message>
        <message>
            <source>True colour</source>
            <extracomment>gac_qgis_plugin/styles.py</extracomment>
            <translation>Echtfarben</translation>
        </message>
        <message>
            <source>Try again; if it fails again, see Diagnostics… in the menu Raster, GAC.</source>
            <extracomment>gac_qgis_plugin/models.py</extracomment>
            <translation>Versuchen Sie es noch einmal; bleibt es so, sehen Sie im Menü Raster, GAC, Diagnose… nach.</translation>
        </message>
        <message>
            <source>Try again; if it stays so, report it. {}</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Versuchen Sie es noch einmal; bleibt es so, melden Sie es. {}</translation>
        </message>
        <message>
            <source>Try later, or another mirror (HF_ENDPOINT). {}</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Versuchen Sie es später, oder mit einem anderen Spiegelserver (HF_ENDPOINT). {}</translation>
        </message>
        <message>
            <source>Try later. {}</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>Versuchen Sie es später. {}</translation>
        </message>
        <message>
            <source>Trying everything; the devices take a minute or more…</source>
            <extracomment>gac_qgis_plugin/gui/diagnostics.py</extracomment>
            <translation>Alles wird ausprobiert; die Geräte brauchen eine Minute oder mehr…</translation>
        </message>
        <message>
            <source>Trying everything; the devices take up to a minute…</source>
            <translation type="vanished">Alles wird ausprobiert; die Geräte brauchen bis zu einer Minute…</translation>
        </message>
        <message>
            <source>Trying it…</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Wird ausprobiert…</translation>
        </message>
        <message>
            <source>Tundra</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>Tundra</translation>
        </message>
        <message>
            <source>Two different files would be {} in the bundle.</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>Zwei verschiedene Dateien hießen im Paket {}.</translation>
        </message>
        <message>
            <source>Two: generate, refine</source>
            <translation type="vanished">Zwei: bis zum Verfeinern</translation>
        </message>
        <message>
            <source>Type its name again.</source>
            <extracomment>gac_core/contract/options.py</extracomment>
            <translation>Den Namen neu eingeben.</translation>
        </message>
        <message>
            <source>Under the cursor</source>
            <extracomment>gac_qgis_plugin/gui/compare/panel.py</extracomment>
            <translation>Unter dem Mauszeiger</translation>
        </message>
        <message>
            <source>Understanding scene 1 of {}</source>
            <extracomment>gac_core/engine/batch.py</extracomment>
            <translation>Szene 1 von {} wird gelesen</translation>
        </message>
        <message>
            <source>Understanding scene {} of {}</source>
            <extracomment>gac_core/engine/batch.py</extracomment>
            <translation>Szene {} von {} wird gelesen</translation>
        </message>
        <message>
            <source>Unfinished run: {}</source>
            <translation type="vanished">Unfertiger Lauf: {}</translation>
        </message>
        <message>
            <source>Unfinished: stage {} of {}, tile {} of {}</source>
            <translation type="vanished">Unfertig: Stufe {} von {}, Kachel {} von {}</translation>
        </message>
        <message>
            <source>Unfinished: {}</source>
            <extracomment>gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>Unfertig: {}</translation>
        </message>
        <message>
            <source>Unit</source>
            <extracomment>gac_core/contract/request.py, gac_core/scene/scene.py, gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>Einheit</translation>
        </message>
        <message>
            <source>Unit of the values: dB, linear power, or amplitude (the square root of power)</source>
            <translation type="vanished">Einheit der Werte: dB, lineare Leistung oder Amplitude (die Wurzel der Leistung)</translation>
        </message>
        <message>
            <source>Unknown</source>
            <extracomment>gac_core/contract/bands.py, gac_qgis_plugin/labels.py</extracomment>
            <translation>Unbekannt</translation>
        </message>
        <message>
            <source>Unpack it, and give the folder (.zarr).</source>
            <extracomment>gac_core/optical/product.py</extracomment>
            <translation>Es entpacken und den Ordner (.zarr) angeben.</translation>
        </message>
        <message>
            <source>Unpack it, and give the folder or the file in it.</source>
            <extracomment>gac_core/optical/product.py</extracomment>
            <translation>Es entpacken und den Ordner oder die Datei darin angeben.</translation>
        </message>
        <message>
            <source>Unpack it, and import the folder.</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>Entpacken Sie es, und importieren Sie den Ordner.</translation>
        </message>
        <message>
            <source>Unpack that, and give what is in it.</source>
            <extracomment>gac_core/optical/product.py</extracomment>
            <translation>Dieses entpacken und angeben, was darin ist.</translation>
        </message>
        <message>
            <source>Until then choose the device CPU.</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>Bis dahin das Gerät CPU wählen.</translation>
        </message>
        <message>
            <source>Update</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Aktualisieren</translation>
        </message>
        <message>
            <source>Update GAC to resume it, choose another folder, or remove {}.</source>
            <extracomment>gac_core/engine/checkpoint.py</extracomment>
            <translation>GAC aktualisieren, um ihn fortzusetzen, einen anderen Ordner wählen, oder {} entfernen.</translation>
        </message>
        <message>
            <source>Update GAC, or fetch what fits this version.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>GAC aktualisieren, oder holen, was zu dieser Version passt.</translation>
        </message>
        <message>
            <source>Use</source>
            <extracomment>gac_core/optical/use.py, gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>Nutzung</translation>
        </message>
        <message>
            <source>Use 0, or a whole number from {} to 65535.</source>
            <extracomment>gac_qgis_plugin/export/parameters.py</extracomment>
            <translation>0 nehmen, oder eine ganze Zahl von {} bis 65535.</translation>
        </message>
        <message>
            <source>Use nan or -9999.</source>
            <extracomment>gac_qgis_plugin/export/parameters.py</extracomment>
            <translation>nan oder -9999 nehmen.</translation>
        </message>
        <message>
            <source>Use of it</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Nutzung davon</translation>
        </message>
        <message>
            <source>Use one line of up to {} characters.</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>Eine Zeile von höchstens {} Zeichen verwenden.</translation>
        </message>
        <message>
            <source>Use the GRD product of the same time, or have it made into RTC, for example by ASF HyP3.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>Das GRD-Produkt derselben Zeit nehmen, oder es zu RTC machen lassen, zum Beispiel von ASF HyP3.</translation>
        </message>
        <message>
            <source>Use the button in GAC's panel to set it up. Or enter the Python of your own environment there under Advanced, Worker Python.</source>
            <extracomment>gac_qgis_plugin/worker/engine.py</extracomment>
            <translation>GACs Bedienfeld öffnen: Ein Knopf dort erledigt es. Oder dort unter Erweitert, Python das Python einer eigenen Umgebung angeben.</translation>
        </message>
        <message>
            <source>Use the processor</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Prozessor benutzen</translation>
        </message>
        <message>
            <source>Use up to 80 letters, digits, '.', '_' and '-'.</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>Bis zu 80 Buchstaben, Ziffern, „.“, „_“ und „-“ verwenden.</translation>
        </message>
        <message>
            <source>VH band</source>
            <extracomment>gac_core/contract/request.py, gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>VH-Kanal</translation>
        </message>
        <message>
            <source>VH band (empty: recognise)</source>
            <translation type="vanished">VH-Kanal (leer: erkennen)</translation>
        </message>
        <message>
            <source>VH layer</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>VH-Layer</translation>
        </message>
        <message>
            <source>VH layer, if separate</source>
            <extracomment>gac_qgis_plugin/processing/run.py</extracomment>
            <translation>VH-Layer, falls getrennt</translation>
        </message>
        <message>
            <source>VV and VH</source>
            <extracomment>gac_core/scene/holes.py</extracomment>
            <translation>VV und VH</translation>
        </message>
        <message>
            <source>VV and VH are of the same strength (medians {} and {} dB): they may be one polarisation on two dates. Check the bands.</source>
            <extracomment>gac_core/scene/validation.py</extracomment>
            <translation>VV und VH sind gleich stark (Mediane {} und {} dB): Es kann eine Polarisation an zwei Tagen sein. Prüfen Sie die Kanäle.</translation>
        </message>
        <message>
            <source>VV and VH are of two dates: {}. What changed between them misleads.</source>
            <extracomment>gac_core/scene/validation.py</extracomment>
            <translation>VV und VH sind von zwei Tagen: {}. Was sich dazwischen geändert hat, führt irre.</translation>
        </message>
        <message>
            <source>VV and VH are on different grids.</source>
            <extracomment>gac_qgis_plugin/radar_layers.py</extracomment>
            <translation>VV und VH liegen in verschiedenen Rastern.</translation>
        </message>
        <message>
            <source>VV and VH hold the same values: the same band may have been taken twice.</source>
            <extracomment>gac_core/scene/validation.py</extracomment>
            <translation>VV und VH enthalten dieselben Werte: Vielleicht wurde derselbe Kanal zweimal genommen.</translation>
        </message>
        <message>
            <source>VV and VH look swapped: VH is the stronger one (median {} dB, VV {} dB).</source>
            <extracomment>gac_core/scene/validation.py</extracomment>
            <translation>VV und VH scheinen vertauscht: VH ist stärker (Median {} dB, VV {} dB).</translation>
        </message>
        <message>
            <source>VV band</source>
            <extracomment>gac_core/contract/request.py, gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>VV-Kanal</translation>
        </message>
        <message>
            <source>VV band (empty: recognise)</source>
            <translation type="vanished">VV-Kanal (leer: erkennen)</translation>
        </message>
        <message>
            <source>VV band {}, VH band {}</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>VV Kanal {}, VH Kanal {}</translation>
        </message>
        <message>
            <source>VV is of an {} pass, VH of a {} one: they are of two scenes.</source>
            <extracomment>gac_core/scene/validation.py</extracomment>
            <translation>VV ist vom Orbit {}, VH vom Orbit {}: Sie sind von zwei Szenen.</translation>
        </message>
        <message>
            <source>VV is of {}, VH of {}</source>
            <extracomment>gac_core/scene/validation.py</extracomment>
            <translation>VV ist von {}, VH von {}</translation>
        </message>
        <message>
            <source>VV {}, VH {}</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>VV {}, VH {}</translation>
        </message>
        <message>
            <source>VV: band {}, VH: band {}</source>
            <extracomment>gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>VV: Kanal {}, VH: Kanal {}</translation>
        </message>
        <message>
            <source>Value of pixels without radar data</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Der Wert von Pixeln, für die das Radar keine Daten hat</translation>
        </message>
        <message>
            <source>Values of the files: reflectance (0 to 1), or colours</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Was die Werte der Dateien sind: Reflexion (0 bis 1) oder Farben</translation>
        </message>
        <message>
            <source>Verify</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Prüfen</translation>
        </message>
        <message>
            <source>Wait for the other window of QGIS to be done with it.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>Warten, bis das andere Fenster von QGIS damit fertig ist.</translation>
        </message>
        <message>
            <source>Wait until it is complete and in its place, and run again.</source>
            <extracomment>gac_core/scene/source.py</extracomment>
            <translation>Warten, bis sie vollständig an ihrem Platz ist, und neu starten.</translation>
        </message>
        <message>
            <source>Wait until it is done, or choose another output folder.</source>
            <extracomment>gac_core/engine/batch_folder.py, gac_core/engine/folder.py</extracomment>
            <translation>Warten, bis er fertig ist, oder einen anderen Ausgabeordner wählen.</translation>
        </message>
        <message>
            <source>Wait until it is done, or stop it.</source>
            <extracomment>gac_core/store/lock.py</extracomment>
            <translation>Warten Sie, bis es fertig ist, oder beenden Sie es.</translation>
        </message>
        <message>
            <source>Wait until its files are complete, and begin in a new folder.</source>
            <extracomment>gac_core/engine/batch_worker.py</extracomment>
            <translation>Warten Sie, bis ihre Dateien vollständig sind, und beginnen Sie in einem neuen Ordner.</translation>
        </message>
        <message>
            <source>Wait until its first blocks are complete.</source>
            <extracomment>gac_qgis_plugin/batches.py</extracomment>
            <translation>Warten Sie, bis seine ersten Blöcke fertig sind.</translation>
        </message>
        <message>
            <source>Waiting for the scheduler</source>
            <translation type="vanished">Wartet auf den Scheduler</translation>
        </message>
        <message>
            <source>Waiting for workers</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>Wartet auf Rechenprozesse</translation>
        </message>
        <message>
            <source>Waiting for workers: Dask has paused them, their memory is full</source>
            <translation type="vanished">Wartet auf Rechenprozesse: Dask hat sie angehalten, ihr Speicher ist voll</translation>
        </message>
        <message>
            <source>What computes</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Was rechnet</translation>
        </message>
        <message>
            <source>What is computed, in pixels of 10 m</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Was berechnet wird, in Pixeln von 10 m</translation>
        </message>
        <message>
            <source>What the map shows</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py, gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Was die Karte zeigt</translation>
        </message>
        <message>
            <source>What was recognised, and why</source>
            <extracomment>gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>Was erkannt wurde, und warum</translation>
        </message>
        <message>
            <source>Wheel folder</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Wheel-Ordner</translation>
        </message>
        <message>
            <source>When</source>
            <translation type="vanished">Wann</translation>
        </message>
        <message>
            <source>Where the adversary doubts it</source>
            <extracomment>gac_qgis_plugin/gui/compare/trust_group.py</extracomment>
            <translation>Wo der Gegenspieler daran zweifelt</translation>
        </message>
        <message>
            <source>Whole image</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>Ganzes Bild</translation>
        </message>
        <message>
            <source>Whole layer</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Ganzer Layer</translation>
        </message>
        <message>
            <source>With an NVIDIA GPU: install a driver that knows CUDA {}.</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>Mit einer NVIDIA-GPU: einen Treiber installieren, der CUDA {} kennt.</translation>
        </message>
        <message>
            <source>With changes from stage 2 on…</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Mit Änderungen ab Stufe 2…</translation>
        </message>
        <message>
            <source>With changes from stage 3 on…</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Mit Änderungen ab Stufe 3…</translation>
        </message>
        <message>
            <source>With changes…</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Mit Änderungen…</translation>
        </message>
        <message>
            <source>With its files; asks first</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py</extracomment>
            <translation>Mit seinen Dateien; fragt vorher</translation>
        </message>
        <message>
            <source>Worker</source>
            <extracomment>gac_qgis_plugin/gui/diagnostics.py</extracomment>
            <translation>Rechenprozess</translation>
        </message>
        <message>
            <source>Worker Python</source>
            <extracomment>gac_qgis_plugin/gui/options.py, gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>Python</translation>
        </message>
        <message>
            <source>Worker: loading its libraries…</source>
            <extracomment>gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>Rechenprozess: gestartet, lädt seine Bibliotheken…</translation>
        </message>
        <message>
            <source>Worker: ready, computes on {}</source>
            <extracomment>gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>Rechenprozess: bereit, rechnet auf {}</translation>
        </message>
        <message>
            <source>Worker: starting…</source>
            <extracomment>gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>Rechenprozess: startet…</translation>
        </message>
        <message>
            <source>Worker: stopped; it starts again with the next run.</source>
            <translation type="vanished">Rechenprozess: beendet; er startet mit dem nächsten Lauf wieder.</translation>
        </message>
        <message>
            <source>Working on the environment…</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>Arbeit an der Umgebung…</translation>
        </message>
        <message>
            <source>You can close this window; the work continues.</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py, gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Dieses Fenster darf geschlossen werden; die Arbeit geht weiter.</translation>
        </message>
        <message>
            <source>You have no permission to read the file {}.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Die Erlaubnis, die Datei {} zu lesen, fehlt.</translation>
        </message>
        <message>
            <source>You have no permission to read the radar file {}.</source>
            <translation type="vanished">Die Erlaubnis, die Radardatei {} zu lesen, fehlt.</translation>
        </message>
        <message>
            <source>Your models live in {}; {:.0f} GB are free.</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Ihre Modelle liegen in {}; {:.0f} GB sind frei.</translation>
        </message>
        <message>
            <source>Zoom</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>Zoom</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <extracomment>gac_qgis_plugin/gui/lens.py</extracomment>
            <translation>Hineinzoomen</translation>
        </message>
        <message>
            <source>a colour picture</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>ein Farbbild</translation>
        </message>
        <message>
            <source>a computation failed.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>eine Rechnung ist fehlgeschlagen.</translation>
        </message>
        <message>
            <source>a date such as 2021-07-06</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>ein Datum wie 2021-07-06</translation>
        </message>
        <message>
            <source>a few seconds left</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>noch wenige Sekunden</translation>
        </message>
        <message>
            <source>a first image, from the radar alone</source>
            <extracomment>gac_qgis_plugin/labels.py</extracomment>
            <translation>ein erstes Bild, aus dem Radar allein</translation>
        </message>
        <message>
            <source>a folder of wheels (offline)</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>einem Ordner mit Wheels (offline)</translation>
        </message>
        <message>
            <source>a layer of radar geometry</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>ein Layer der Radargeometrie</translation>
        </message>
        <message>
            <source>a map of layover and shadow</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>eine Karte von Layover und Schatten</translation>
        </message>
        <message>
            <source>a map of the incidence angle</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>eine Karte des Einfallswinkels</translation>
        </message>
        <message>
            <source>a map of the scattering area</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>eine Karte der Streufläche</translation>
        </message>
        <message>
            <source>a mask</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>eine Maske</translation>
        </message>
        <message>
            <source>a network of {} thousand million numbers is larger than any</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>ein Netz aus {} Milliarden Zahlen ist größer als jedes echte</translation>
        </message>
        <message>
            <source>a new folder in {}</source>
            <extracomment>gac_qgis_plugin/gui/dock.py</extracomment>
            <translation>ein neuer Ordner in {}</translation>
        </message>
        <message>
            <source>a number is too long</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>eine Zahl ist zu lang</translation>
        </message>
        <message>
            <source>a package</source>
            <translation type="vanished">ein Paket</translation>
        </message>
        <message>
            <source>a path or a name</source>
            <extracomment>gac_core/contract/optical_options.py, gac_core/contract/request.py</extracomment>
            <translation>ein Pfad oder ein Name</translation>
        </message>
        <message>
            <source>a place that cannot be</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>ein Ort, den es nicht geben kann</translation>
        </message>
        <message>
            <source>a raw Sentinel-1 product</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>ein rohes Sentinel-1-Produkt</translation>
        </message>
        <message>
            <source>a raw Sentinel-1 {} product</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>ein rohes Sentinel-1-{}-Produkt</translation>
        </message>
        <message>
            <source>a second polarisation</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>eine zweite Polarisation</translation>
        </message>
        <message>
            <source>a single band</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>einen einzigen Kanal</translation>
        </message>
        <message>
            <source>a single band that is no radar ({})</source>
            <translation type="vanished">ein einziger Kanal, der kein Radar ist ({})</translation>
        </message>
        <message>
            <source>a size that cannot be</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>eine Größe, die es nicht geben kann</translation>
        </message>
        <message>
            <source>a table of contents that is larger than any</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>ein Inhaltsverzeichnis, das größer ist als jedes echte</translation>
        </message>
        <message>
            <source>a terrain model</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>ein Geländemodell</translation>
        </message>
        <message>
            <source>a value in it is of the wrong kind</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>ein Wert darin ist von falscher Art</translation>
        </message>
        <message>
            <source>a variable of the system hides it.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>eine Variable des Systems versteckt sie.</translation>
        </message>
        <message>
            <source>a water map</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>eine Wasserkarte</translation>
        </message>
        <message>
            <source>about {:.1f} GB on the disk; {:.0f} GB are free.</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>etwa {:.1f} GB auf dem Datenträger; {:.0f} GB sind frei.</translation>
        </message>
        <message>
            <source>about {:.1f} GB to fetch, </source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>etwa {:.1f} GB zu holen, </translation>
        </message>
        <message>
            <source>about {} h {} min</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>etwa {} h {} min</translation>
        </message>
        <message>
            <source>about {} h {} min left</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>noch etwa {} h {} min</translation>
        </message>
        <message>
            <source>about {} min</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>etwa {} min</translation>
        </message>
        <message>
            <source>about {} min left</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>noch etwa {} min</translation>
        </message>
        <message>
            <source>about {} s</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>etwa {} s</translation>
        </message>
        <message>
            <source>about {} s left</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>noch etwa {} s</translation>
        </message>
        <message>
            <source>above {} to {}</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>über {} bis {}</translation>
        </message>
        <message>
            <source>adapter's configuration</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>Konfiguration des Adapters</translation>
        </message>
        <message>
            <source>agreement of opt_v{} with the radar</source>
            <translation type="vanished">Übereinstimmung von opt_v{} mit dem Radar</translation>
        </message>
        <message>
            <source>agreement with the radar</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>die Übereinstimmung mit dem Radar</translation>
        </message>
        <message>
            <source>all over it</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>überall</translation>
        </message>
        <message>
            <source>altered source's {}</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>{} der veränderten Quelle</translation>
        </message>
        <message>
            <source>amplitude</source>
            <extracomment>gac_core/scene/decisions.py, gac_core/scene/units.py, gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>Amplitude</translation>
        </message>
        <message>
            <source>and {} more</source>
            <translation type="vanished">und {} weitere</translation>
        </message>
        <message>
            <source>and {} more, in summary.json</source>
            <extracomment>gac_qgis_plugin/batches.py</extracomment>
            <translation>und {} weitere, in summary.json</translation>
        </message>
        <message>
            <source>another format</source>
            <extracomment>gac_core/engine/batch_plan.py, gac_core/engine/batch_state.py, gac_core/engine/stage_cache.py</extracomment>
            <translation>another format</translation>
        </message>
        <message>
            <source>area</source>
            <extracomment>gac_core/engine/identity.py</extracomment>
            <translation>Fläche</translation>
        </message>
        <message>
            <source>as Landsat's Collection 2 has it</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>wie in der Collection 2 von Landsat</translation>
        </message>
        <message>
            <source>as Landsat's Collection 2 has it: {}</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>wie in der Collection 2 von Landsat: {}</translation>
        </message>
        <message>
            <source>as chosen</source>
            <extracomment>gac_core/optical/acquisition.py, gac_core/optical/band_choice.py, gac_core/optical/masks.py, gac_core/optical/reference.py, gac_core/optical/reflectance.py, gac_core/optical/use.py, gac_core/scene/decisions.py, gac_core/scene/polarisation.py, gac_core/scene/units.py</extracomment>
            <translation>wie gewählt</translation>
        </message>
        <message>
            <source>as many as fit</source>
            <extracomment>gac_core/contract/batch_request.py</extracomment>
            <translation>so viele wie passen</translation>
        </message>
        <message>
            <source>as the bundle needs</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>wie das Paket sie braucht</translation>
        </message>
        <message>
            <source>as the engine chooses</source>
            <extracomment>gac_core/contract/batch_request.py</extracomment>
            <translation>wie die Engine wählt</translation>
        </message>
        <message>
            <source>as the file says</source>
            <extracomment>gac_core/contract/request.py, gac_qgis_plugin/gui/input_group.py, gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>wie in der Datei</translation>
        </message>
        <message>
            <source>as the file says; {}</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>wie in der Datei; {}</translation>
        </message>
        <message>
            <source>as the mask's kind</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>je nach Art der Maske</translation>
        </message>
        <message>
            <source>as the product says</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>wie im Produkt</translation>
        </message>
        <message>
            <source>assumed</source>
            <extracomment>gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>angenommen</translation>
        </message>
        <message>
            <source>band B10, which level 2A lacks</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>Kanal B10, der in Level 2A fehlt</translation>
        </message>
        <message>
            <source>band description</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Kanalbeschreibung</translation>
        </message>
        <message>
            <source>band unit</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Kanaleinheit</translation>
        </message>
        <message>
            <source>band {}</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>Kanal {}</translation>
        </message>
        <message>
            <source>batch</source>
            <extracomment>gac_core/engine/identity.py</extracomment>
            <translation>Stapelgröße</translation>
        </message>
        <message>
            <source>batch size</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Stapelgröße</translation>
        </message>
        <message>
            <source>batch {}</source>
            <extracomment>gac_qgis_plugin/batches.py</extracomment>
            <translation>Stapel {}</translation>
        </message>
        <message>
            <source>batches of {}, {}</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>je {} zusammen, {}</translation>
        </message>
        <message>
            <source>being verified…</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>wird geprüft…</translation>
        </message>
        <message>
            <source>bel, the logarithm of power</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>Bel, der Logarithmus der Leistung</translation>
        </message>
        <message>
            <source>below {} dB or above {} dB</source>
            <extracomment>gac_core/scene/holes.py</extracomment>
            <translation>unter {} dB oder über {} dB</translation>
        </message>
        <message>
            <source>beside the project</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>neben dem Projekt</translation>
        </message>
        <message>
            <source>biome</source>
            <extracomment>gac_core/contract/request.py, gac_core/engine/identity.py</extracomment>
            <translation>Biom</translation>
        </message>
        <message>
            <source>blended</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>gemischt</translation>
        </message>
        <message>
            <source>blended with what lies beside it ({} pixels round the holes)</source>
            <extracomment>gac_core/scene/holes.py</extracomment>
            <translation>vermischt mit dem, was daneben liegt ({} Pixel um die Löcher)</translation>
        </message>
        <message>
            <source>blended: generated, at the border</source>
            <extracomment>resources/styles/observed.qml</extracomment>
            <translation>gemischt: erzeugt, am Rand</translation>
        </message>
        <message>
            <source>blue</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>Blau</translation>
        </message>
        <message>
            <source>brighter {}</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>heller: {}</translation>
        </message>
        <message>
            <source>bundle</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Paket</translation>
        </message>
        <message>
            <source>bundle's card</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>Karte des Pakets</translation>
        </message>
        <message>
            <source>by its date</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>nach dem Datum</translation>
        </message>
        <message>
            <source>cannot be read ({})</source>
            <extracomment>gac_qgis_plugin/core/records.py</extracomment>
            <translation>nicht lesbar ({})</translation>
        </message>
        <message>
            <source>centre</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>Mitte</translation>
        </message>
        <message>
            <source>choice of a folder</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>Wahl eines Ordners</translation>
        </message>
        <message>
            <source>choose the VV band and the VH band yourself.</source>
            <translation type="vanished">den VV-Kanal und den VH-Kanal selbst wählen.</translation>
        </message>
        <message>
            <source>chosen: {}</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>gewählt: {}</translation>
        </message>
        <message>
            <source>clear</source>
            <extracomment>resources/styles/clear.qml</extracomment>
            <translation>klar</translation>
        </message>
        <message>
            <source>clear pixels are kept</source>
            <extracomment>gac_core/optical/use.py, gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>klare Pixel bleiben</translation>
        </message>
        <message>
            <source>clear values</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>klare Werte</translation>
        </message>
        <message>
            <source>cloud mask</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Wolkenmaske</translation>
        </message>
        <message>
            <source>cloud mask (CLM)</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>Wolkenmaske (CLM)</translation>
        </message>
        <message>
            <source>cloud mask of another date</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Wolkenmaske eines anderen Datums</translation>
        </message>
        <message>
            <source>cloud mask of the product (MSK_CLASSI)</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>Wolkenmaske des Produkts (MSK_CLASSI)</translation>
        </message>
        <message>
            <source>cloud, shadow, and the margin around</source>
            <extracomment>resources/styles/clear.qml</extracomment>
            <translation>Wolke, Schatten und der Rand darum</translation>
        </message>
        <message>
            <source>comes with GAC</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>kommt mit GAC</translation>
        </message>
        <message>
            <source>commit of 40 hexadecimal digits</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>Commit aus 40 Hexadezimalziffern</translation>
        </message>
        <message>
            <source>complete</source>
            <extracomment>gac_qgis_plugin/batches.py</extracomment>
            <translation>fertig</translation>
        </message>
        <message>
            <source>complete with failures</source>
            <translation type="vanished">fertig, mit Fehlern</translation>
        </message>
        <message>
            <source>coordinate systems</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Koordinatensysteme</translation>
        </message>
        <message>
            <source>d MMMM yyyy</source>
            <extracomment>gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>d. MMMM yyyy</translation>
        </message>
        <message>
            <source>dB divided by 100</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>dB geteilt durch 100</translation>
        </message>
        <message>
            <source>dB, linear power, or amplitude (its square root)</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>dB, lineare Leistung oder Amplitude (ihre Wurzel)</translation>
        </message>
        <message>
            <source>damaged</source>
            <extracomment>gac_qgis_plugin/batches.py, gac_qgis_plugin/runs.py</extracomment>
            <translation>beschädigt</translation>
        </message>
        <message>
            <source>darker {}</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>dunkler: {}</translation>
        </message>
        <message>
            <source>date: not found</source>
            <extracomment>gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>Datum: nicht gefunden</translation>
        </message>
        <message>
            <source>date: {}</source>
            <extracomment>gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>Datum: {}</translation>
        </message>
        <message>
            <source>declared in the file: {}</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>in der Datei angegeben: {}</translation>
        </message>
        <message>
            <source>declared, masked or NaN in {}</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>angegeben, maskiert oder NaN in {}</translation>
        </message>
        <message>
            <source>degrees</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>Grad</translation>
        </message>
        <message>
            <source>deleting…</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>wird gelöscht…</translation>
        </message>
        <message>
            <source>detail is {}</source>
            <translation type="vanished">detail ist {}</translation>
        </message>
        <message>
            <source>device</source>
            <extracomment>gac_core/contract/request.py, gac_core/engine/identity.py</extracomment>
            <translation>Gerät</translation>
        </message>
        <message>
            <source>docs/architecture.md describes the worker's methods.</source>
            <extracomment>gac_core/worker/channel.py</extracomment>
            <translation>docs/architecture.md beschreibt die Methoden des Rechenprozesses.</translation>
        </message>
        <message>
            <source>docs/architecture.md names the settings of a run.</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>docs/architecture.md nennt die Einstellungen eines Laufs.</translation>
        </message>
        <message>
            <source>doubt in v{}</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>Zweifel an v{}</translation>
        </message>
        <message>
            <source>doubt of the adversary in opt_v{}</source>
            <translation type="vanished">Zweifel des Gegenspielers an opt_v{}</translation>
        </message>
        <message>
            <source>downloading…</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>wird heruntergeladen…</translation>
        </message>
        <message>
            <source>east</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>Osten</translation>
        </message>
        <message>
            <source>extent of the radar</source>
            <extracomment>gac_core/engine/identity.py</extracomment>
            <translation>Ausdehnung des Radars</translation>
        </message>
        <message>
            <source>extent's CRS</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>KBS der Ausdehnung</translation>
        </message>
        <message>
            <source>few radar images look like that</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>wenige Radarbilder sehen so aus</translation>
        </message>
        <message>
            <source>figure</source>
            <extracomment>gac_qgis_plugin/export/task.py</extracomment>
            <translation>Abbildung</translation>
        </message>
        <message>
            <source>file name</source>
            <extracomment>gac_core/optical/acquisition.py, gac_core/optical/masks.py, gac_core/scene/files.py</extracomment>
            <translation>Dateiname</translation>
        </message>
        <message>
            <source>file of scores</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>Datei der Werte</translation>
        </message>
        <message>
            <source>first stage to compute</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>erste zu berechnende Stufe</translation>
        </message>
        <message>
            <source>folder</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>Ordner</translation>
        </message>
        <message>
            <source>folder name</source>
            <extracomment>gac_core/optical/acquisition.py, gac_core/optical/layers.py, gac_core/scene/files.py</extracomment>
            <translation>Ordnername</translation>
        </message>
        <message>
            <source>for the processor</source>
            <extracomment>gac_qgis_plugin/environment/choices.py</extracomment>
            <translation>für den Prozessor</translation>
        </message>
        <message>
            <source>found automatically</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>wird selbst gefunden</translation>
        </message>
        <message>
            <source>found here, or fetched</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>wird hier gefunden, oder geholt</translation>
        </message>
        <message>
            <source>from the bundle</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>aus dem Paket</translation>
        </message>
        <message>
            <source>from the colours of the bands</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>nach den Farben der Kanäle</translation>
        </message>
        <message>
            <source>from the {}</source>
            <extracomment>gac_core/optical/acquisition.py, gac_core/optical/band_choice.py, gac_core/scene/decisions.py</extracomment>
            <translation>aus: {}</translation>
        </message>
        <message>
            <source>from {}</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>aus {}</translation>
        </message>
        <message>
            <source>from {} to {}</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>von {} bis {}</translation>
        </message>
        <message>
            <source>generate</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>erzeugen</translation>
        </message>
        <message>
            <source>generated</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>erzeugt</translation>
        </message>
        <message>
            <source>generated from radar</source>
            <extracomment>resources/styles/observed.qml</extracomment>
            <translation>aus Radar erzeugt</translation>
        </message>
        <message>
            <source>green</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>Grün</translation>
        </message>
        <message>
            <source>grid</source>
            <extracomment>gac_core/engine/identity.py</extracomment>
            <translation>Raster</translation>
        </message>
        <message>
            <source>ground</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>verankern</translation>
        </message>
        <message>
            <source>guides under the clouds</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>führt unter den Wolken</translation>
        </message>
        <message>
            <source>harmonised, as the {} says</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>harmonisiert, laut {}</translation>
        </message>
        <message>
            <source>hash in its card</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Prüfsumme in der Karte</translation>
        </message>
        <message>
            <source>hash of the first download</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>Prüfsumme des ersten Downloads</translation>
        </message>
        <message>
            <source>home</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>Benutzerordner</translation>
        </message>
        <message>
            <source>image/tiff; application=geotiff; profile=cloud-optimized</source>
            <translation type="vanished">image/tiff; application=geotiff; profile=cloud-optimized</translation>
        </message>
        <message>
            <source>importing…</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>wird importiert…</translation>
        </message>
        <message>
            <source>in</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>in</translation>
        </message>
        <message>
            <source>in another folder</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>in anderem Ordner</translation>
        </message>
        <message>
            <source>in radar geometry</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>in Radargeometrie</translation>
        </message>
        <message>
            <source>in the folder for runs</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>im Ordner für Läufe</translation>
        </message>
        <message>
            <source>in the same layer</source>
            <extracomment>gac_qgis_plugin/gui/input_group.py</extracomment>
            <translation>im selben Layer</translation>
        </message>
        <message>
            <source>in your models</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>bei Ihren Modellen</translation>
        </message>
        <message>
            <source>incomplete</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>unvollständig</translation>
        </message>
        <message>
            <source>infinite</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>unendlich</translation>
        </message>
        <message>
            <source>infinite, or too large to be measured, in {}</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>unendlich, oder zu groß für eine Messung, in {}</translation>
        </message>
        <message>
            <source>input</source>
            <extracomment>gac_core/engine/identity.py</extracomment>
            <translation>Eingabe</translation>
        </message>
        <message>
            <source>integers with commas</source>
            <translation type="vanished">ganze Zahlen mit Kommas</translation>
        </message>
        <message>
            <source>it LOWERED {} from {} to {}</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>{} wurde dadurch von {} auf {} GESENKT</translation>
        </message>
        <message>
            <source>it can be imported, but its record is missing</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>es lässt sich importieren, aber sein Verzeichniseintrag fehlt</translation>
        </message>
        <message>
            <source>it computes something else than the processor.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>sie rechnet etwas anderes aus als der Prozessor.</translation>
        </message>
        <message>
            <source>it covers {} of the radar; clouds and shadows are grown by {} m</source>
            <extracomment>gac_core/optical/reference.py</extracomment>
            <translation>es bedeckt {} des Radars; Wolken und Schatten sind um {} m erweitert</translation>
        </message>
        <message>
            <source>it ends early</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>es endet vorzeitig</translation>
        </message>
        <message>
            <source>it ends too early</source>
            <extracomment>gac_core/raster/working_file.py</extracomment>
            <translation>sie endet zu früh</translation>
        </message>
        <message>
            <source>it has another size than it was written with</source>
            <extracomment>gac_core/raster/working_file.py</extracomment>
            <translation>sie hat eine andere Größe als beim Schreiben</translation>
        </message>
        <message>
            <source>it holds a number that is larger than any</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>eine Zahl darin ist größer als jede mögliche</translation>
        </message>
        <message>
            <source>it holds far more than it can</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>es enthält weit mehr, als es enthalten kann</translation>
        </message>
        <message>
            <source>it holds no settings</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>sie enthält keine Einstellungen</translation>
        </message>
        <message>
            <source>it holds {}, which is no number</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>sie enthält {}, und das ist keine Zahl</translation>
        </message>
        <message>
            <source>it holds {}{}</source>
            <translation type="vanished">es enthält {}{}</translation>
        </message>
        <message>
            <source>it is larger than any that GAC writes</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>sie ist größer als jede, die GAC schreibt</translation>
        </message>
        <message>
            <source>it is larger than {} MB</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>größer als {} MB</translation>
        </message>
        <message>
            <source>it is missing, or not a regular file</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>sie fehlt oder ist keine gewöhnliche Datei</translation>
        </message>
        <message>
            <source>it is nested deeper than {}</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>tiefer verschachtelt als {}</translation>
        </message>
        <message>
            <source>it is nested too deep</source>
            <extracomment>gac_core/bundles/card.py, gac_core/engine/batch_inputs.py, gac_core/io.py</extracomment>
            <translation>sie ist zu tief verschachtelt</translation>
        </message>
        <message>
            <source>it is no plain LoRA</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>es ist kein einfaches LoRA</translation>
        </message>
        <message>
            <source>it is no raster, or one that GDAL does not know</source>
            <translation type="vanished">es ist kein Raster, oder eines, das GDAL nicht kennt</translation>
        </message>
        <message>
            <source>it is not JSON (line {}: {})</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>es ist kein JSON (Zeile {}: {})</translation>
        </message>
        <message>
            <source>it is not a raster, or of a format that GAC does not read</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>sie ist kein Raster oder hat ein Format, das GAC nicht liest</translation>
        </message>
        <message>
            <source>it is not a regular file</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>es ist keine gewöhnliche Datei</translation>
        </message>
        <message>
            <source>it is not text</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>es ist kein Text</translation>
        </message>
        <message>
            <source>it only guides</source>
            <extracomment>gac_core/optical/use.py, gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>es leitet nur</translation>
        </message>
        <message>
            <source>it takes longer than {} seconds</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>es dauert länger als {} Sekunden</translation>
        </message>
        <message>
            <source>it was installed by half</source>
            <extracomment>gac_qgis_plugin/environment/state.py</extracomment>
            <translation>es wurde nur halb installiert</translation>
        </message>
        <message>
            <source>its B10 is empty, and level 2A has none</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>sein B10 ist leer, und Level 2A hat keinen</translation>
        </message>
        <message>
            <source>its card</source>
            <extracomment>gac_core/store/download.py</extracomment>
            <translation>seine Karte</translation>
        </message>
        <message>
            <source>its checksum is another one</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>ihre Prüfsumme ist eine andere</translation>
        </message>
        <message>
            <source>its content is not what its name says</source>
            <extracomment>gac_core/optical/polygons.py</extracomment>
            <translation>der Inhalt ist nicht das, was der Name sagt</translation>
        </message>
        <message>
            <source>its driver is too old.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>ihr Treiber ist zu alt.</translation>
        </message>
        <message>
            <source>its file {} is missing</source>
            <extracomment>gac_qgis_plugin/environment/state.py</extracomment>
            <translation>die Datei {} fehlt</translation>
        </message>
        <message>
            <source>its file {} was changed</source>
            <extracomment>gac_qgis_plugin/environment/state.py</extracomment>
            <translation>die Datei {} wurde geändert</translation>
        </message>
        <message>
            <source>its memory is full.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>ihr Speicher ist voll.</translation>
        </message>
        <message>
            <source>its ten bands are there</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>die zehn Kanäle dafür sind da</translation>
        </message>
        <message>
            <source>kept in QGIS, encrypted</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>in QGIS verschlüsselt behalten</translation>
        </message>
        <message>
            <source>larger than {} MB</source>
            <extracomment>gac_qgis_plugin/core/records.py</extracomment>
            <translation>größer als {} MB</translation>
        </message>
        <message>
            <source>less than 1</source>
            <extracomment>gac_core/scene/extent.py</extracomment>
            <translation>weniger als 1</translation>
        </message>
        <message>
            <source>less than 1 %</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>weniger als 1 %</translation>
        </message>
        <message>
            <source>licence</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>Lizenz</translation>
        </message>
        <message>
            <source>linear power</source>
            <extracomment>gac_core/scene/decisions.py, gac_core/scene/units.py, gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>lineare Leistung</translation>
        </message>
        <message>
            <source>margin around clouds</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Rand um Wolken</translation>
        </message>
        <message>
            <source>medians {} and {}, from {} to {}</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>Mediane {} und {}, von {} bis {}</translation>
        </message>
        <message>
            <source>metre</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>Meter</translation>
        </message>
        <message>
            <source>missing</source>
            <extracomment>gac_core/networks/weights.py, gac_qgis_plugin/environment/build.py, gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>nicht hier</translation>
        </message>
        <message>
            <source>modality</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Art des Radars</translation>
        </message>
        <message>
            <source>modality is {}.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>modality ist {}.</translation>
        </message>
        <message>
            <source>models</source>
            <extracomment>gac_core/engine/identity.py, gac_core/engine/spread.py</extracomment>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>models of stage 1</source>
            <extracomment>gac_core/engine/identity.py</extracomment>
            <translation>Modelle der Stufe 1</translation>
        </message>
        <message>
            <source>models of stage 2</source>
            <extracomment>gac_core/engine/identity.py</extracomment>
            <translation>Modelle der Stufe 2</translation>
        </message>
        <message>
            <source>month</source>
            <extracomment>gac_core/contract/request.py, gac_core/engine/identity.py</extracomment>
            <translation>Monat</translation>
        </message>
        <message>
            <source>month {}</source>
            <extracomment>gac_qgis_plugin/history.py</extracomment>
            <translation>Monat {}</translation>
        </message>
        <message>
            <source>most in the {}</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>am meisten: {}</translation>
        </message>
        <message>
            <source>moving…</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>wird verschoben…</translation>
        </message>
        <message>
            <source>named by the environment variable GAC_PYTHON</source>
            <extracomment>gac_qgis_plugin/worker/engine.py</extracomment>
            <translation>durch die Umgebungsvariable GAC_PYTHON angegeben</translation>
        </message>
        <message>
            <source>named in the {}</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>so benannt: {}</translation>
        </message>
        <message>
            <source>names with commas</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Namen mit Kommas</translation>
        </message>
        <message>
            <source>near infrared</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>nahes Infrarot</translation>
        </message>
        <message>
            <source>near row {}, column {}</source>
            <extracomment>gac_core/optical/layers.py, gac_core/scene/source.py</extracomment>
            <translation>bei Zeile {}, Spalte {}</translation>
        </message>
        <message>
            <source>neither their level nor their speckle is that of a radar image</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>weder ihr Pegel noch ihr Speckle ist der eines Radarbildes</translation>
        </message>
        <message>
            <source>newest commit</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>neuester Stand</translation>
        </message>
        <message>
            <source>no band has values below {}</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>kein Kanal hat Werte unter {}</translation>
        </message>
        <message>
            <source>no clouds</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>keine Wolken</translation>
        </message>
        <message>
            <source>no files</source>
            <extracomment>gac_qgis_plugin/batches.py, gac_qgis_plugin/runs.py</extracomment>
            <translation>keine Dateien</translation>
        </message>
        <message>
            <source>no hash known</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>keine Prüfsumme bekannt</translation>
        </message>
        <message>
            <source>no model bundle can run</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>kein Modellpaket kann laufen</translation>
        </message>
        <message>
            <source>no place on Earth</source>
            <extracomment>gac_core/scene/extent.py</extracomment>
            <translation>kein Ort auf der Erde</translation>
        </message>
        <message>
            <source>no signal is left in {}, which is kept as {} dB</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>in {} ist kein Signal mehr, was als {} dB behalten wird</translation>
        </message>
        <message>
            <source>no tag and no name tells</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>weder Tag noch Name sagt es</translation>
        </message>
        <message>
            <source>no tag and no name tells; the models are told that the month is unknown</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>weder Tag noch Name sagt es; den Modellen wird gesagt, der Monat sei unbekannt</translation>
        </message>
        <message>
            <source>nodata value</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Leerwert</translation>
        </message>
        <message>
            <source>none</source>
            <extracomment>gac_core/optical/reference.py, gac_core/optical/reflectance.py, gac_core/scene/decisions.py, gac_core/store/install.py, gac_qgis_plugin/gui/models_dialog.py, gac_qgis_plugin/gui/optical_group.py, gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>ohne</translation>
        </message>
        <message>
            <source>none: this computer computes batches</source>
            <extracomment>gac_qgis_plugin/gui/options.py</extracomment>
            <translation>keiner: dieser Rechner berechnet Stapel</translation>
        </message>
        <message>
            <source>north</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>Norden</translation>
        </message>
        <message>
            <source>north-east</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>Nordosten</translation>
        </message>
        <message>
            <source>north-west</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>Nordwesten</translation>
        </message>
        <message>
            <source>not a record of GAC</source>
            <extracomment>gac_qgis_plugin/core/records.py</extracomment>
            <translation>keine Aufzeichnung von GAC</translation>
        </message>
        <message>
            <source>not a regular file</source>
            <extracomment>gac_qgis_plugin/core/records.py</extracomment>
            <translation>keine gewöhnliche Datei</translation>
        </message>
        <message>
            <source>not all of it reached the disk</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>nicht alles kam auf dem Datenträger an</translation>
        </message>
        <message>
            <source>not computed</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>nicht gemacht</translation>
        </message>
        <message>
            <source>not defined here</source>
            <extracomment>gac_qgis_plugin/processing/run.py</extracomment>
            <translation>hier nicht definiert</translation>
        </message>
        <message>
            <source>not earned</source>
            <translation type="vanished">not earned</translation>
        </message>
        <message>
            <source>not found</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>nicht gefunden</translation>
        </message>
        <message>
            <source>not known</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>nicht bekannt</translation>
        </message>
        <message>
            <source>not known to the model</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>dem Modell nicht bekannt</translation>
        </message>
        <message>
            <source>not recognized</source>
            <translation type="vanished">not recognized</translation>
        </message>
        <message>
            <source>not stored</source>
            <extracomment>gac_qgis_plugin/engine_inputs.py</extracomment>
            <translation>nirgendwo</translation>
        </message>
        <message>
            <source>not terrain-flattened: {} in the {}</source>
            <extracomment>gac_core/scene/metadata.py</extracomment>
            <translation>nicht geländekorrigiert: {} ({})</translation>
        </message>
        <message>
            <source>nothing</source>
            <extracomment>gac_core/bundles/library.py, gac_core/engine/batch_inputs.py</extracomment>
            <translation>nichts</translation>
        </message>
        <message>
            <source>nothing but {} in the {}</source>
            <extracomment>gac_core/scene/metadata.py</extracomment>
            <translation>nichts als {} ({})</translation>
        </message>
        <message>
            <source>nothing is declared, and no fill value was found</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>nichts ist angegeben, und kein Füllwert wurde gefunden</translation>
        </message>
        <message>
            <source>nothing names them</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>nichts benennt sie</translation>
        </message>
        <message>
            <source>nothing names them, but band {} is the stronger one</source>
            <translation type="vanished">nichts benennt sie, aber Kanal {} ist der stärkere</translation>
        </message>
        <message>
            <source>nothing names them, but {} is a usual order</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>nichts benennt sie, aber {} sind eine übliche Reihenfolge</translation>
        </message>
        <message>
            <source>nothing names them, but {} is the stronger one</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>nichts benennt sie, aber {} ist stärker</translation>
        </message>
        <message>
            <source>nothing names them; VV usually comes first</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>nichts benennt sie; VV kommt meist zuerst</translation>
        </message>
        <message>
            <source>nothing says otherwise</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>nichts sagt anderes</translation>
        </message>
        <message>
            <source>nothing says that it is terrain-flattened</source>
            <extracomment>gac_core/scene/metadata.py</extracomment>
            <translation>nichts sagt, dass es geländekorrigiert ist</translation>
        </message>
        <message>
            <source>null byte</source>
            <translation type="vanished">Nullbyte</translation>
        </message>
        <message>
            <source>observed</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>beobachtet</translation>
        </message>
        <message>
            <source>observed lacks {}.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>In observed fehlen {}.</translation>
        </message>
        <message>
            <source>observed or generated</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>beobachtet oder erzeugt</translation>
        </message>
        <message>
            <source>observed: Sentinel-2's own pixels</source>
            <extracomment>resources/styles/observed.qml</extracomment>
            <translation>beobachtet: Pixel von Sentinel-2</translation>
        </message>
        <message>
            <source>of another shape</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>von anderer Form</translation>
        </message>
        <message>
            <source>offset is {}, no number of DN from -{} to {}</source>
            <translation type="vanished">offset ist {}, keine Zahl von DN von -{} bis {}</translation>
        </message>
        <message>
            <source>one of the user's own, or the checkout's</source>
            <extracomment>gac_qgis_plugin/gui/diagnostics.py</extracomment>
            <translation>eine eigene, oder die des Quellordners</translation>
        </message>
        <message>
            <source>only files, and addresses of http and https, are read</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>nur Dateien und Adressen mit http und https werden gelesen</translation>
        </message>
        <message>
            <source>only selected polygons</source>
            <extracomment>gac_qgis_plugin/gui/export_choices.py</extracomment>
            <translation>nur gewählte Polygone</translation>
        </message>
        <message>
            <source>only {}</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>nur {}</translation>
        </message>
        <message>
            <source>opt_v{} could not be exported.</source>
            <extracomment>gac_qgis_plugin/export/task.py</extracomment>
            <translation>opt_v{} konnte nicht exportiert werden.</translation>
        </message>
        <message>
            <source>opt_v{} has no score: {}</source>
            <extracomment>gac_core/engine/batch.py</extracomment>
            <translation>opt_v{} hat keine Bewertung: {}</translation>
        </message>
        <message>
            <source>opt_v{} · SYNTHETIC · being computed</source>
            <extracomment>gac_qgis_plugin/gui/live_tiles.py</extracomment>
            <translation>opt_v{} · SYNTHETIC · wird berechnet</translation>
        </message>
        <message>
            <source>opt_v{} · SYNTHETIC · preview</source>
            <extracomment>gac_qgis_plugin/gui/lens.py</extracomment>
            <translation>opt_v{} · SYNTHETIC · Vorschau</translation>
        </message>
        <message>
            <source>opt_v{}: {:.2f} is above nearly all real images ({}): look for speckle.</source>
            <extracomment>gac_qgis_plugin/gui/score_chart.py</extracomment>
            <translation>opt_v{}: {:.2f} liegt über fast allen echten Bildern ({}): nach Speckle suchen.</translation>
        </message>
        <message>
            <source>opt_v{}: {:.2f} is more than 95 of 100 real images reach ({}). Look for radar speckle in it.</source>
            <translation type="vanished">opt_v{}: {:.2f} ist mehr, als 95 von 100 echten Bildern erreichen ({}). Darin nach Speckle des Radars suchen.</translation>
        </message>
        <message>
            <source>optical bands</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>optische Kanäle</translation>
        </message>
        <message>
            <source>optical date</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>optisches Datum</translation>
        </message>
        <message>
            <source>optical days</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Tage (optisch)</translation>
        </message>
        <message>
            <source>optical file</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>optische Datei</translation>
        </message>
        <message>
            <source>optical files</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>optische Dateien</translation>
        </message>
        <message>
            <source>optical files of another date</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>optische Dateien eines anderen Datums</translation>
        </message>
        <message>
            <source>optical offset</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>optischer Offset</translation>
        </message>
        <message>
            <source>optical reference</source>
            <extracomment>gac_core/engine/identity.py</extracomment>
            <translation>optische Referenz</translation>
        </message>
        <message>
            <source>optical scale</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>optische Skalierung</translation>
        </message>
        <message>
            <source>optical use</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>optische Nutzung</translation>
        </message>
        <message>
            <source>other was given, and observed was not.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>other wurde angegeben, observed nicht.</translation>
        </message>
        <message>
            <source>output folder</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Ausgabeordner</translation>
        </message>
        <message>
            <source>paused: {} downloaded so far</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>angehalten: {} geholt</translation>
        </message>
        <message>
            <source>pip, which fetches uv, cannot use a SOCKS proxy.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>pip, das uv holt, kann keinen SOCKS-Proxy benutzen.</translation>
        </message>
        <message>
            <source>place</source>
            <extracomment>gac_core/engine/identity.py</extracomment>
            <translation>Ort</translation>
        </message>
        <message>
            <source>place is {}.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>place ist {}.</translation>
        </message>
        <message>
            <source>positions (by up to {} pixels)</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Lagen (um bis zu {} Pixel)</translation>
        </message>
        <message>
            <source>positions of {} tokens are more than {}</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>Positionen von {} Tokens sind mehr als {}</translation>
        </message>
        <message>
            <source>processing baseline {}</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>Processing Baseline {}</translation>
        </message>
        <message>
            <source>quality bits of FORCE (QAI)</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>Qualitätsbits von FORCE (QAI)</translation>
        </message>
        <message>
            <source>quality bits of Landsat (QA_PIXEL)</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>Qualitätsbits von Landsat (QA_PIXEL)</translation>
        </message>
        <message>
            <source>quick</source>
            <extracomment>gac_qgis_plugin/history.py</extracomment>
            <translation>schnell</translation>
        </message>
        <message>
            <source>radar</source>
            <extracomment>gac_core/engine/spread.py</extracomment>
            <translation>Radar</translation>
        </message>
        <message>
            <source>radar file</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Radardatei</translation>
        </message>
        <message>
            <source>radar files (sar)</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Radardateien (sar)</translation>
        </message>
        <message>
            <source>reading of the input</source>
            <translation type="vanished">das Lesen der Eingabe</translation>
        </message>
        <message>
            <source>reading of the radar</source>
            <extracomment>gac_core/engine/identity.py</extracomment>
            <translation>das Lesen des Radars</translation>
        </message>
        <message>
            <source>ready, {}</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>bereit, {}</translation>
        </message>
        <message>
            <source>real images</source>
            <extracomment>gac_qgis_plugin/gui/score_chart.py</extracomment>
            <translation>echte Bilder</translation>
        </message>
        <message>
            <source>recognise</source>
            <extracomment>gac_core/contract/optical_options.py, gac_core/contract/request.py</extracomment>
            <translation>erkennen</translation>
        </message>
        <message>
            <source>record of first downloads</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>Verzeichnis der ersten Downloads</translation>
        </message>
        <message>
            <source>record of verified files</source>
            <extracomment>gac_core/store/listing.py</extracomment>
            <translation>Verzeichnis der geprüften Dateien</translation>
        </message>
        <message>
            <source>red</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>Rot</translation>
        </message>
        <message>
            <source>refine</source>
            <extracomment>gac_core/contract/bands.py</extracomment>
            <translation>verfeinern</translation>
        </message>
        <message>
            <source>resampled to 10 m</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>auf 10 m umgerechnet</translation>
        </message>
        <message>
            <source>resampled to the radar's working grid of 10 m</source>
            <extracomment>gac_core/optical/reference.py</extracomment>
            <translation>in das Arbeitsraster des Radars (10 m) umgerechnet</translation>
        </message>
        <message>
            <source>run to build upon</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Lauf, auf dem aufgebaut wird</translation>
        </message>
        <message>
            <source>running</source>
            <extracomment>gac_qgis_plugin/batches.py, gac_qgis_plugin/runs.py</extracomment>
            <translation>läuft</translation>
        </message>
        <message>
            <source>s2cloudless</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>s2cloudless</translation>
        </message>
        <message>
            <source>s2cloudless is not installed</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>s2cloudless ist nicht installiert</translation>
        </message>
        <message>
            <source>scene classification (SCL)</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>Szenenklassifikation (SCL)</translation>
        </message>
        <message>
            <source>seed</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Seed</translation>
        </message>
        <message>
            <source>seed {}</source>
            <extracomment>gac_qgis_plugin/history.py</extracomment>
            <translation>Seed {}</translation>
        </message>
        <message>
            <source>set by you</source>
            <extracomment>gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>von Ihnen gesetzt</translation>
        </message>
        <message>
            <source>set in the GAC panel under Advanced</source>
            <extracomment>gac_qgis_plugin/worker/engine.py</extracomment>
            <translation>im GAC-Bedienfeld unter Erweitert gesetzt</translation>
        </message>
        <message>
            <source>settings</source>
            <extracomment>gac_core/engine/identity.py</extracomment>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>several are named: {}</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>mehrere sind genannt: {}</translation>
        </message>
        <message>
            <source>sizes ({}x{} and {}x{})</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>Größen ({}x{} und {}x{})</translation>
        </message>
        <message>
            <source>software</source>
            <extracomment>gac_core/engine/identity.py</extracomment>
            <translation>Software</translation>
        </message>
        <message>
            <source>source's {}</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>{} der Quelle</translation>
        </message>
        <message>
            <source>south</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>Süden</translation>
        </message>
        <message>
            <source>south-east</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>Südosten</translation>
        </message>
        <message>
            <source>south-west</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>Südwesten</translation>
        </message>
        <message>
            <source>spread</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>Streuung</translation>
        </message>
        <message>
            <source>spread of {} samples</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>Streuung von {} Stichproben</translation>
        </message>
        <message>
            <source>spread of {} samples of opt_v{}</source>
            <translation type="vanished">Streuung von {} Stichproben von opt_v{}</translation>
        </message>
        <message>
            <source>stage {} of {}</source>
            <extracomment>gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>Stufe {} von {}</translation>
        </message>
        <message>
            <source>stages</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Stufen</translation>
        </message>
        <message>
            <source>steps is {}</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>steps ist {}</translation>
        </message>
        <message>
            <source>steps of stage 1</source>
            <translation type="vanished">Schritte der Stufe 1</translation>
        </message>
        <message>
            <source>steps {}</source>
            <extracomment>gac_qgis_plugin/history.py</extracomment>
            <translation>Schritte {}</translation>
        </message>
        <message>
            <source>surroundings</source>
            <extracomment>gac_core/engine/identity.py</extracomment>
            <translation>Umgebung</translation>
        </message>
        <message>
            <source>tag {}</source>
            <extracomment>gac_core/optical/acquisition.py, gac_core/optical/layers.py, gac_core/scene/dates.py, gac_core/scene/files.py</extracomment>
            <translation>Tag {}</translation>
        </message>
        <message>
            <source>temporary</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>temporär</translation>
        </message>
        <message>
            <source>ten times the natural logarithm of power</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>zehnmal der natürliche Logarithmus der Leistung</translation>
        </message>
        <message>
            <source>terrain-flattened: {} in the {}</source>
            <extracomment>gac_core/scene/metadata.py</extracomment>
            <translation>geländekorrigiert: {} ({})</translation>
        </message>
        <message>
            <source>that of the file</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>das der Datei</translation>
        </message>
        <message>
            <source>the GPU's memory</source>
            <extracomment>gac_core/engine/stage_runner.py</extracomment>
            <translation>der Speicher der GPU</translation>
        </message>
        <message>
            <source>the HyP3 flag in the {} says {}</source>
            <extracomment>gac_core/scene/metadata.py</extracomment>
            <translation>das HyP3-Kürzel ({}) sagt {}</translation>
        </message>
        <message>
            <source>the Python package index</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>dem Python-Paketindex</translation>
        </message>
        <message>
            <source>the band chosen for {} is named {}</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>der für {} gewählte Kanal heißt {}</translation>
        </message>
        <message>
            <source>the best estimate of the values</source>
            <extracomment>gac_qgis_plugin/labels.py</extracomment>
            <translation>die beste Schätzung der Werte</translation>
        </message>
        <message>
            <source>the brightest hundredths are {}</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>das hellste Hundertstel liegt bei {}</translation>
        </message>
        <message>
            <source>the computer's memory</source>
            <extracomment>gac_core/engine/stage_runner.py</extracomment>
            <translation>der Arbeitsspeicher</translation>
        </message>
        <message>
            <source>the days between it and the radar are unknown</source>
            <extracomment>gac_core/optical/use.py</extracomment>
            <translation>die Tage zum Radar sind unbekannt</translation>
        </message>
        <message>
            <source>the diagnostics stopped after {}</source>
            <extracomment>gac_qgis_plugin/gui/diagnostics.py</extracomment>
            <translation>die Diagnose brach ab, nachdem sie geprüft hatte: {}</translation>
        </message>
        <message>
            <source>the file declares {}</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>die Datei gibt {} an</translation>
        </message>
        <message>
            <source>the file's pixels are {} x {} {}</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>die Pixel der Datei sind {} x {} {}</translation>
        </message>
        <message>
            <source>the files were given in this order; nothing in them names VV or VH</source>
            <translation type="vanished">die Dateien wurden in dieser Reihenfolge angegeben; nichts darin benennt VV oder VH</translation>
        </message>
        <message>
            <source>the first download</source>
            <extracomment>gac_core/store/download.py</extracomment>
            <translation>der erste Download</translation>
        </message>
        <message>
            <source>the folder has {}</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>der Ordner hat {}</translation>
        </message>
        <message>
            <source>the logarithm of amplitude</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>der Logarithmus der Amplitude</translation>
        </message>
        <message>
            <source>the natural logarithm of amplitude</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>der natürliche Logarithmus der Amplitude</translation>
        </message>
        <message>
            <source>the natural logarithm of power</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>der natürliche Logarithmus der Leistung</translation>
        </message>
        <message>
            <source>the package index's</source>
            <extracomment>gac_qgis_plugin/environment/choices.py</extracomment>
            <translation>die des Paketindexes</translation>
        </message>
        <message>
            <source>the picture to read</source>
            <extracomment>gac_qgis_plugin/labels.py</extracomment>
            <translation>das Bild zum Betrachten</translation>
        </message>
        <message>
            <source>the product's metadata</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>Metadaten des Produkts</translation>
        </message>
        <message>
            <source>the product's metadata declare {}</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>die Metadaten des Produkts geben {} an</translation>
        </message>
        <message>
            <source>the product's own polygons</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>die Polygone des Produkts</translation>
        </message>
        <message>
            <source>the root of amplitude</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>die Wurzel der Amplitude</translation>
        </message>
        <message>
            <source>the scene is round {}</source>
            <extracomment>gac_core/scene/extent.py</extracomment>
            <translation>die Szene liegt bei {}</translation>
        </message>
        <message>
            <source>the server sends no raster, but perhaps a web page that asks to sign in</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>was der Server schickt, ist kein Raster, sondern vielleicht eine Webseite zum Anmelden</translation>
        </message>
        <message>
            <source>the square of power</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>das Quadrat der Leistung</translation>
        </message>
        <message>
            <source>the system does not say why</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>das System sagt nicht, warum</translation>
        </message>
        <message>
            <source>the system lets no file become so large</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>das System lässt keine so große Datei zu</translation>
        </message>
        <message>
            <source>the value</source>
            <translation type="vanished">der Wert</translation>
        </message>
        <message>
            <source>the value 0</source>
            <extracomment>gac_core/scene/holes.py</extracomment>
            <translation>der Wert 0</translation>
        </message>
        <message>
            <source>the value 1 in both bands</source>
            <extracomment>gac_core/scene/holes.py</extracomment>
            <translation>der Wert 1 in beiden Kanälen</translation>
        </message>
        <message>
            <source>the value {} in VV</source>
            <extracomment>gac_core/scene/holes.py</extracomment>
            <translation>der Wert {} in VV</translation>
        </message>
        <message>
            <source>the value {} in both bands</source>
            <extracomment>gac_core/scene/holes.py</extracomment>
            <translation>der Wert {} in beiden Kanälen</translation>
        </message>
        <message>
            <source>the value {} in {}</source>
            <extracomment>gac_core/scene/decisions.py, gac_core/scene/holes.py</extracomment>
            <translation>der Wert {} in {}</translation>
        </message>
        <message>
            <source>the values look like it ({})</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>die Werte sehen danach aus ({})</translation>
        </message>
        <message>
            <source>the working grid is EPSG:{}, 10 m</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>das Arbeitsraster ist EPSG:{}, 10 m</translation>
        </message>
        <message>
            <source>the working grid is EPSG:{}, 10 m, the UTM zone that it lies in</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>das Arbeitsraster ist EPSG:{}, 10 m, die UTM-Zone, in der sie liegt</translation>
        </message>
        <message>
            <source>the {} says {}</source>
            <extracomment>gac_core/scene/metadata.py</extracomment>
            <translation>{} sagt {}</translation>
        </message>
        <message>
            <source>their speckle does not grow with the signal, as that of power and amplitude does. They may be dB that were normalised, or a coherence</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>ihr Speckle wächst nicht mit dem Signal wie der von Leistung und Amplitude. Vielleicht sind sie normalisierte dB oder eine Kohärenz</translation>
        </message>
        <message>
            <source>there is hardly a value that radar can measure</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>es gibt kaum einen Wert, den Radar messen kann</translation>
        </message>
        <message>
            <source>there is no mask among its files</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>bei den Dateien ist keine Maske</translation>
        </message>
        <message>
            <source>they are used as they are</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>sie werden genommen, wie sie sind</translation>
        </message>
        <message>
            <source>they may be {}</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>vielleicht sind sie {}</translation>
        </message>
        <message>
            <source>this PyTorch ({}) is built for processors only</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>dieses PyTorch ({}) ist nur für Prozessoren gebaut</translation>
        </message>
        <message>
            <source>this PyTorch computes on the processor only.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>dieses PyTorch rechnet nur auf dem Prozessor.</translation>
        </message>
        <message>
            <source>this build has no program for such a GPU.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>diese Variante hat kein Programm für so eine GPU.</translation>
        </message>
        <message>
            <source>tile {} of {}</source>
            <translation type="vanished">Kachel {} von {}</translation>
        </message>
        <message>
            <source>tiles computed so far</source>
            <extracomment>gac_qgis_plugin/gui/messages.py</extracomment>
            <translation>was er bisher berechnet hat</translation>
        </message>
        <message>
            <source>timesteps of stage 1</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Schritte der Stufe 1</translation>
        </message>
        <message>
            <source>timesteps of stage 3</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Schritte der Stufe 3</translation>
        </message>
        <message>
            <source>title</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>Titel</translation>
        </message>
        <message>
            <source>to be downloaded</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>herunterzuladen</translation>
        </message>
        <message>
            <source>to be downloaded: {}</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>herunterzuladen: {}</translation>
        </message>
        <message>
            <source>too low for an offset</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>zu niedrig für einen Offset</translation>
        </message>
        <message>
            <source>too many headers</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>zu viele Kopfeinträge</translation>
        </message>
        <message>
            <source>trained part's card</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>Karte des trainierten Teils</translation>
        </message>
        <message>
            <source>unexpected content: {}</source>
            <extracomment>gac_qgis_plugin/core/records.py</extracomment>
            <translation>nicht so, wie GAC es schreibt: {}</translation>
        </message>
        <message>
            <source>unfinished</source>
            <extracomment>gac_qgis_plugin/batches.py, gac_qgis_plugin/runs.py</extracomment>
            <translation>unfertig</translation>
        </message>
        <message>
            <source>unit</source>
            <extracomment>gac_core/contract/request.py</extracomment>
            <translation>Einheit</translation>
        </message>
        <message>
            <source>unit: {}</source>
            <extracomment>gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>Einheit: {}</translation>
        </message>
        <message>
            <source>unknown</source>
            <extracomment>gac_core/optical/acquisition.py, gac_core/scene/decisions.py, gac_qgis_plugin/gui/scene_note.py, gac_qgis_plugin/runs.py</extracomment>
            <translation>unbekannt</translation>
        </message>
        <message>
            <source>unknown (psutil is missing)</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>unbekannt (psutil fehlt)</translation>
        </message>
        <message>
            <source>values with commas</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>Werte mit Kommas</translation>
        </message>
        <message>
            <source>verified on {}</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>geprüft am {}</translation>
        </message>
        <message>
            <source>version of GAC</source>
            <extracomment>gac_core/engine/identity.py, gac_core/engine/spread.py</extracomment>
            <translation>Version von GAC</translation>
        </message>
        <message>
            <source>v{} agreement</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>v{} Übereinstimmung</translation>
        </message>
        <message>
            <source>v{} and radar</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>v{} und Radar</translation>
        </message>
        <message>
            <source>v{} doubt</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>v{} Zweifel</translation>
        </message>
        <message>
            <source>v{} · agreement with the radar (SYNTHETIC)</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>v{} · Übereinstimmung mit dem Radar (SYNTHETIC)</translation>
        </message>
        <message>
            <source>v{} · doubt of the adversary (SYNTHETIC)</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>v{} · Zweifel des Gegenspielers (SYNTHETIC)</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation type="vanished">wartet</translation>
        </message>
        <message>
            <source>west</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>Westen</translation>
        </message>
        <message>
            <source>widths {}, depths {}</source>
            <extracomment>gac_core/networks/convnext.py</extracomment>
            <translation>Breiten {}, Tiefen {}</translation>
        </message>
        <message>
            <source>with CUDA 12, for NVIDIA</source>
            <extracomment>gac_qgis_plugin/environment/choices.py</extracomment>
            <translation>mit CUDA 12, für NVIDIA</translation>
        </message>
        <message>
            <source>with CUDA 12.6, for older NVIDIA GPUs</source>
            <extracomment>gac_qgis_plugin/environment/choices.py</extracomment>
            <translation>mit CUDA 12.6, für ältere NVIDIA-GPUs</translation>
        </message>
        <message>
            <source>with CUDA 13, for NVIDIA</source>
            <extracomment>gac_qgis_plugin/environment/choices.py</extracomment>
            <translation>mit CUDA 13, für NVIDIA</translation>
        </message>
        <message>
            <source>with ROCm, for AMD</source>
            <extracomment>gac_qgis_plugin/environment/choices.py</extracomment>
            <translation>mit ROCm, für AMD</translation>
        </message>
        <message>
            <source>with Sentinel-2</source>
            <extracomment>gac_qgis_plugin/history.py</extracomment>
            <translation>mit Sentinel-2</translation>
        </message>
        <message>
            <source>with another date</source>
            <extracomment>gac_qgis_plugin/history.py</extracomment>
            <translation>mit anderem Datum</translation>
        </message>
        <message>
            <source>with holes</source>
            <extracomment>gac_qgis_plugin/batches.py</extracomment>
            <translation>mit Löchern</translation>
        </message>
        <message>
            <source>without a code</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>ohne Code</translation>
        </message>
        <message>
            <source>without surroundings</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>ohne Umgebung</translation>
        </message>
        <message>
            <source>you chose so</source>
            <translation type="vanished">so gewählt</translation>
        </message>
        <message>
            <source>your share of the disk (quota) is used up</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>der eigene Anteil am Datenträger (Quota) ist aufgebraucht</translation>
        </message>
        <message>
            <source>zip archive</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>Zip-Archiv</translation>
        </message>
        <message>
            <source>{:g} cannot be the nodata value of uint16 reflectance.</source>
            <extracomment>gac_qgis_plugin/export/parameters.py</extracomment>
            <translation>{:g} kann in uint16-Reflexion nicht für Leerwerte stehen.</translation>
        </message>
        <message>
            <source>{:g} cannot be the nodata value: it is a reflectance.</source>
            <extracomment>gac_qgis_plugin/export/parameters.py</extracomment>
            <translation>{:g} kann nicht für Leerwerte stehen: Es ist eine Reflexion.</translation>
        </message>
        <message>
            <source>{what} is not the file that it should be: its hash differs.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>{what} ist nicht die Datei, die es sein soll: Der Hash ist ein anderer.</translation>
        </message>
        <message>
            <source>{} % of them are negative, and the others are not</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>{} % von ihnen sind negativ, und die anderen nicht</translation>
        </message>
        <message>
            <source>{} % surroundings</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>{} % Umgebung</translation>
        </message>
        <message>
            <source>{} (0: auto)</source>
            <extracomment>gac_qgis_plugin/processing/base.py</extracomment>
            <translation>{} (0: auto)</translation>
        </message>
        <message>
            <source>{} (0: {})</source>
            <translation type="vanished">{} (0: {})</translation>
        </message>
        <message>
            <source>{} (PyTorch {}); runs use the processor</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>{} (PyTorch {}); Läufe nehmen den Prozessor</translation>
        </message>
        <message>
            <source>{} (by place)</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>{} (nach dem Ort)</translation>
        </message>
        <message>
            <source>{} (damaged)</source>
            <extracomment>gac_core/bundles/library.py</extracomment>
            <translation>{} (beschädigt)</translation>
        </message>
        <message>
            <source>{} (empty: {})</source>
            <extracomment>gac_qgis_plugin/processing/base.py</extracomment>
            <translation>{} (leer: {})</translation>
        </message>
        <message>
            <source>{} (not ready)</source>
            <extracomment>gac_qgis_plugin/gui/settings_groups.py</extracomment>
            <translation>{} (nicht bereit)</translation>
        </message>
        <message>
            <source>{} (times {} they are dB)</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>{} (mal {} sind sie dB)</translation>
        </message>
        <message>
            <source>{} ({} of the scene)</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>{} ({} der Szene)</translation>
        </message>
        <message>
            <source>{} DN, taken off</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>{} DN, abgezogen</translation>
        </message>
        <message>
            <source>{} Do not use a bundle unless you know its maker.</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>{} Ein Paket nur verwenden, wenn Sie wissen, wer es gemacht hat.</translation>
        </message>
        <message>
            <source>{} GiB free in {}</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>{} GiB frei in {}</translation>
        </message>
        <message>
            <source>{} If it is {} all the same, choose its band yourself.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} Wenn es trotzdem {} ist, den Kanal selbst wählen.</translation>
        </message>
        <message>
            <source>{} If they are packed backscatter, declare its scale and offset in the file (gdal_edit.py -scale, -offset).</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>{} Wenn es gepackte Rückstreuung ist, ihre Skalierung und ihren Offset in der Datei angeben (gdal_edit.py -scale, -offset).</translation>
        </message>
        <message>
            <source>{} If two of these bands are VV and VH, choose them yourself.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} Wenn zwei dieser Kanäle VV und VH sind, sie selbst wählen.</translation>
        </message>
        <message>
            <source>{} If {} is in a file of its own, give both files, and choose the {} band. If it is one of these, choose the VV band and the VH band yourself.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} Wenn {} in einer eigenen Datei ist, beide Dateien angeben und den {}-Kanal wählen. Wenn es einer von diesen ist, VV-Kanal und VH-Kanal selbst wählen.</translation>
        </message>
        <message>
            <source>{} If {} is in a file of its own, give both files.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} Wenn {} in einer eigenen Datei ist, beide Dateien angeben.</translation>
        </message>
        <message>
            <source>{} The variable GAC_MODELS sets it.</source>
            <extracomment>gac_qgis_plugin/gui/models_dialog.py</extracomment>
            <translation>{} Die Variable GAC_MODELS sagt es so.</translation>
        </message>
        <message>
            <source>{} To be rid of it: `gac models delete {}`.</source>
            <translation type="vanished">{} Entfernen: `gac models delete {}`.</translation>
        </message>
        <message>
            <source>{} To try all the same, choose the VV band and the VH band yourself.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} Um es trotzdem zu versuchen, VV-Kanal und VH-Kanal selbst wählen.</translation>
        </message>
        <message>
            <source>{} Until then choose the device CPU.</source>
            <translation type="vanished">{} Bis dahin das Gerät CPU wählen.</translation>
        </message>
        <message>
            <source>{} already holds another {}.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>{} enthält schon eine andere {}.</translation>
        </message>
        <message>
            <source>{} already holds the bundle {}.</source>
            <extracomment>gac_core/store/integrity.py</extracomment>
            <translation>In {} liegt schon das Paket {}.</translation>
        </message>
        <message>
            <source>{} already holds {}, and GAC did not make them.</source>
            <extracomment>gac_core/engine/folder.py</extracomment>
            <translation>{} enthält schon {}, und GAC hat sie nicht gemacht.</translation>
        </message>
        <message>
            <source>{} already holds {}.</source>
            <extracomment>gac_qgis_plugin/export/parameters.py</extracomment>
            <translation>{} enthält schon {}.</translation>
        </message>
        <message>
            <source>{} and the {}</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} und {}</translation>
        </message>
        <message>
            <source>{} and {}</source>
            <extracomment>gac_core/contract/message.py, gac_core/engine/stage_cache.py</extracomment>
            <translation>{} und {}</translation>
        </message>
        <message>
            <source>{} and {} are both {}.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} und {} sind beide {}.</translation>
        </message>
        <message>
            <source>{} and {} have different {}.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>{} und {} haben verschiedene {}.</translation>
        </message>
        <message>
            <source>{} and {} in {} are the same: they are one band.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>{} und {} in {} sind gleich: Sie sind ein Kanal.</translation>
        </message>
        <message>
            <source>{} and {} lie in one another.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>{} und {} liegen ineinander.</translation>
        </message>
        <message>
            <source>{} and {} more</source>
            <extracomment>gac_core/networks/weights.py, gac_core/optical/clouds.py, gac_core/scene/files.py</extracomment>
            <translation>{} und {} weitere</translation>
        </message>
        <message>
            <source>{} answered {} for {}.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>{} antwortete {} auf {}.</translation>
        </message>
        <message>
            <source>{} are neither layers' names nor a pattern of GAC's own</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>{} sind weder Namen von Schichten noch ein Muster von GAC</translation>
        </message>
        <message>
            <source>{} as the run {} begun {} computed them.</source>
            <translation type="vanished">{}, wie sie der Lauf {} von {} berechnet hat.</translation>
        </message>
        <message>
            <source>{} band {}</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>{} Kanal {}</translation>
        </message>
        <message>
            <source>{} bands were named, and the optical files have {}.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>{} Kanäle wurden genannt, die optischen Dateien haben {}.</translation>
        </message>
        <message>
            <source>{} blurred by {} px</source>
            <extracomment>gac_core/bundles/findings.py</extracomment>
            <translation>{}, um {} px weichgezeichnet</translation>
        </message>
        <message>
            <source>{} bytes are too few for a worker.</source>
            <translation type="vanished">{} Bytes sind zu wenig für einen Worker.</translation>
        </message>
        <message>
            <source>{} can no longer be read {}: a part of the file is missing or damaged.</source>
            <extracomment>gac_core/scene/source.py</extracomment>
            <translation>{} kann {} nicht mehr gelesen werden: Ein Teil der Datei fehlt oder ist beschädigt.</translation>
        </message>
        <message>
            <source>{} can no longer be read {}: {}.</source>
            <extracomment>gac_core/scene/source.py</extracomment>
            <translation>{} kann {} nicht mehr gelesen werden: {}.</translation>
        </message>
        <message>
            <source>{} can no longer be read: {}.</source>
            <extracomment>gac_core/raster/working_file.py</extracomment>
            <translation>{} kann nicht mehr gelesen werden: {}.</translation>
        </message>
        <message>
            <source>{} cannot be deleted: {}.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>{} kann nicht gelöscht werden: {}.</translation>
        </message>
        <message>
            <source>{} cannot be in dB as it is: its values lie around {}. They may be dB times {}, whose scale is not declared.</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>{} kann so nicht in dB sein: Die Werte liegen um {}. Vielleicht sind sie dB mal {}, ohne dass die Skalierung angegeben ist.</translation>
        </message>
        <message>
            <source>{} cannot be in {}: no radar image has such values ({}).</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>{} kann nicht in {} sein: Kein Radarbild hat solche Werte ({}).</translation>
        </message>
        <message>
            <source>{} cannot be linear {}: its values are mostly negative.</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>{} kann nicht linear ({}) sein: Die Werte sind meist negativ.</translation>
        </message>
        <message>
            <source>{} cannot be placed on EPSG:{}.</source>
            <extracomment>gac_core/raster/working_file.py</extracomment>
            <translation>{} lässt sich nicht auf EPSG:{} legen.</translation>
        </message>
        <message>
            <source>{} cannot be placed on a UTM grid: its centre is at longitude {}, latitude {}.</source>
            <extracomment>gac_core/scene/working_grid.py</extracomment>
            <translation>{} kann nicht auf ein UTM-Raster gelegt werden: Die Mitte liegt bei Länge {}, Breite {}.</translation>
        </message>
        <message>
            <source>{} cannot be placed on a UTM grid: its outline lies outside its CRS.</source>
            <extracomment>gac_core/scene/working_grid.py</extracomment>
            <translation>{} kann nicht auf ein UTM-Raster gelegt werden: Der Umriss liegt außerhalb des KBS.</translation>
        </message>
        <message>
            <source>{} cannot be placed on a UTM grid: its pixels have no sensible size there.</source>
            <extracomment>gac_core/scene/working_grid.py</extracomment>
            <translation>{} kann nicht auf ein UTM-Raster gelegt werden: Die Pixel haben dort keine sinnvolle Größe.</translation>
        </message>
        <message>
            <source>{} cannot be reached, or broke the connection: {}.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>{} ist nicht erreichbar oder brach ab: {}.</translation>
        </message>
        <message>
            <source>{} cannot be read again: {}.</source>
            <extracomment>gac_core/engine/batch_folder.py</extracomment>
            <translation>{} ist nicht noch einmal lesbar: {}.</translation>
        </message>
        <message>
            <source>{} cannot be read as STAC items: {}.</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>{} ist nicht als STAC-Items lesbar: {}.</translation>
        </message>
        <message>
            <source>{} cannot be read, or has no data.</source>
            <extracomment>gac_qgis_plugin/radar_layers.py</extracomment>
            <translation>{} kann nicht gelesen werden oder hat keine Daten.</translation>
        </message>
        <message>
            <source>{} cannot be read.</source>
            <extracomment>gac_qgis_plugin/export/task.py, gac_qgis_plugin/rasters.py</extracomment>
            <translation>{} kann nicht gelesen werden.</translation>
        </message>
        <message>
            <source>{} cannot be read: it is a pipe or a device.</source>
            <extracomment>gac_core/raster/working_file.py</extracomment>
            <translation>{} kann nicht gelesen werden: Es ist eine Pipe oder ein Gerät.</translation>
        </message>
        <message>
            <source>{} cannot be read: {}</source>
            <extracomment>gac_core/store/listing.py</extracomment>
            <translation>{} lässt sich nicht ansehen: {}</translation>
        </message>
        <message>
            <source>{} cannot be read: {}.</source>
            <extracomment>gac_core/bundles/library.py, gac_core/engine/maps.py, gac_core/raster/working_file.py, gac_core/store/archive.py, gac_core/store/integrity.py</extracomment>
            <translation>{} kann nicht gelesen werden: {}.</translation>
        </message>
        <message>
            <source>{} cannot be the name of a bundle.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>{} kann nicht der Name eines Pakets sein.</translation>
        </message>
        <message>
            <source>{} cannot be unpacked: it is damaged.</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>{} kann nicht entpackt werden: Es ist beschädigt.</translation>
        </message>
        <message>
            <source>{} cannot be used for models: {}.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>{} kann nicht für Modelle benutzt werden: {}.</translation>
        </message>
        <message>
            <source>{} cannot be written to: {}.</source>
            <extracomment>gac_qgis_plugin/export/task.py</extracomment>
            <translation>In {} kann nicht geschrieben werden: {}.</translation>
        </message>
        <message>
            <source>{} cannot be written: {}.</source>
            <extracomment>gac_core/store/hub.py, gac_qgis_plugin/radar_layers.py, gac_qgis_plugin/rasters.py</extracomment>
            <translation>{} kann nicht geschrieben werden: {}.</translation>
        </message>
        <message>
            <source>{} clear</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>{} klar</translation>
        </message>
        <message>
            <source>{} could not be deleted: {}.</source>
            <extracomment>gac_qgis_plugin/gui/cleanup.py</extracomment>
            <translation>{} konnte nicht gelöscht werden: {}.</translation>
        </message>
        <message>
            <source>{} could not be fetched: {}.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>{} konnte nicht geholt werden: {}.</translation>
        </message>
        <message>
            <source>{} could not be written: its folder no longer exists.</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>{} konnte nicht geschrieben werden: Der Ordner ist weg.</translation>
        </message>
        <message>
            <source>{} could not be written: the disk is full ({} free).</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>{} konnte nicht geschrieben werden: Der Datenträger ist voll ({} frei).</translation>
        </message>
        <message>
            <source>{} could not be written: {} ({} free).</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>{} konnte nicht geschrieben werden: {} ({} frei).</translation>
        </message>
        <message>
            <source>{} could not be written: {}.</source>
            <extracomment>gac_core/io.py</extracomment>
            <translation>{} konnte nicht geschrieben werden: {}.</translation>
        </message>
        <message>
            <source>{} could not make an environment.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>{} konnte keine Umgebung anlegen.</translation>
        </message>
        <message>
            <source>{} days between it and the radar; kept up to {}</source>
            <extracomment>gac_core/optical/use.py</extracomment>
            <translation>{} Tage zum Radar; behalten bis {}</translation>
        </message>
        <message>
            <source>{} difference</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>{} Differenz</translation>
        </message>
        <message>
            <source>{} does not belong there or is missing</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>{} gehört nicht dorthin oder fehlt</translation>
        </message>
        <message>
            <source>{} does not belong to the image.</source>
            <extracomment>gac_qgis_plugin/export/task.py</extracomment>
            <translation>{} gehört nicht zum Bild.</translation>
        </message>
        <message>
            <source>{} does not cover all of the image: what it leaves out ({}) counts as not clear.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>{} bedeckt nicht das ganze Bild: Was fehlt ({}), gilt als nicht klar.</translation>
        </message>
        <message>
            <source>{} does not exist, or is not a folder, zip or tar file.</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>{} ist nicht da, oder kein Ordner, keine zip- oder tar-Datei.</translation>
        </message>
        <message>
            <source>{} does not let {} be fetched without permission. {}</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>{} lässt {} nicht ohne Erlaubnis holen. {}</translation>
        </message>
        <message>
            <source>{} does not name its bands, and their order is not the usual one: {}.</source>
            <extracomment>gac_core/optical/guessed_order.py</extracomment>
            <translation>{} benennt seine Kanäle nicht, und ihre Reihenfolge ist nicht die übliche: {}.</translation>
        </message>
        <message>
            <source>{} does not name its bands: VV, VH assumed.</source>
            <translation type="vanished">{} benennt die Kanäle nicht: VV, VH angenommen.</translation>
        </message>
        <message>
            <source>{} does not name its bands: band {}, the stronger one, is taken as VV.</source>
            <translation type="vanished">{} benennt die Kanäle nicht: Kanal {}, der stärkere, gilt als VV.</translation>
        </message>
        <message>
            <source>{} does not name its bands: they are taken as {}.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>{} benennt seine Kanäle nicht: Sie gelten als {}.</translation>
        </message>
        <message>
            <source>{} does not name its bands: {}, the stronger one, is taken as VV.</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>{} benennt seine Kanäle nicht: {}, stärker als der andere, gilt als VV.</translation>
        </message>
        <message>
            <source>{} does not say how large {} is and of which commit, or says what cannot be.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>{} sagt nicht, wie groß {} ist und von welchem Stand, oder sagt, was nicht sein kann.</translation>
        </message>
        <message>
            <source>{} does not say how large {} is, or of which commit.</source>
            <translation type="vanished">{} sagt nicht, wie groß {} ist oder von welchem Stand.</translation>
        </message>
        <message>
            <source>{} does not say where it lies.</source>
            <extracomment>gac_core/raster/working_file.py</extracomment>
            <translation>{} sagt nicht, wo es liegt.</translation>
        </message>
        <message>
            <source>{} does not say where it lies: it has no coordinate system or no position.</source>
            <extracomment>gac_core/optical/polygons.py, gac_core/scene/files.py</extracomment>
            <translation>{} sagt nicht, wo es liegt: Koordinatensystem oder Lage fehlen.</translation>
        </message>
        <message>
            <source>{} does not say which of its {} bands are {}.</source>
            <extracomment>gac_core/scores/rasters.py</extracomment>
            <translation>{} sagt nicht, welche der {} Kanäle {} sind.</translation>
        </message>
        <message>
            <source>{} failed.</source>
            <extracomment>gac_core/engine/batch.py</extracomment>
            <translation>{} ist fehlgeschlagen.</translation>
        </message>
        <message>
            <source>{} files: {}, …</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>{} Dateien: {}, …</translation>
        </message>
        <message>
            <source>{} from the run {} begun {}</source>
            <translation type="vanished">{} aus dem Lauf {}, begonnen {}</translation>
        </message>
        <message>
            <source>{} gives another {} than {}: SHA-256 {}…, not {}…. It was not installed.</source>
            <extracomment>gac_core/store/download.py</extracomment>
            <translation>{} gibt eine andere {} als {}: SHA-256 {}…, nicht {}…. Sie wurde nicht installiert.</translation>
        </message>
        <message>
            <source>{} has 8 bits: its values are not reflectance.</source>
            <extracomment>gac_qgis_plugin/styles.py</extracomment>
            <translation>{} hat 8 Bit: Seine Werte sind keine Reflexion.</translation>
        </message>
        <message>
            <source>{} has a CRS of its own or of another planet: it cannot be carried onto the Earth's grid.</source>
            <extracomment>gac_core/scene/working_grid.py</extracomment>
            <translation>{} hat ein eigenes KBS oder das eines anderen Planeten: Es lässt sich nicht auf das Raster der Erde bringen.</translation>
        </message>
        <message>
            <source>{} has all its files.</source>
            <extracomment>gac_core/store/download.py</extracomment>
            <translation>{} hat alle seine Dateien.</translation>
        </message>
        <message>
            <source>{} has no band {}: it has {}.</source>
            <extracomment>gac_core/raster/working_file.py</extracomment>
            <translation>{} hat keinen Kanal {}: vorhanden sind {}.</translation>
        </message>
        <message>
            <source>{} has no commit {} of {}.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>{} hat keinen Stand {} von {}.</translation>
        </message>
        <message>
            <source>{} has no display range to use.</source>
            <extracomment>gac_qgis_plugin/styles.py</extracomment>
            <translation>{} hat kein Schwarz und Weiß, das übernommen werden kann.</translation>
        </message>
        <message>
            <source>{} has no {}</source>
            <extracomment>gac_core/bundles/schema.py, gac_core/networks/weights.py</extracomment>
            <translation>{} hat kein {}</translation>
        </message>
        <message>
            <source>{} has no {} in {}.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>{} hat keine {} in {}.</translation>
        </message>
        <message>
            <source>{} has none of the clear values {} here; it holds {}.</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>{} hat hier keinen der klaren Werte {}; enthalten sind {}.</translation>
        </message>
        <message>
            <source>{} has nothing in {} that could be deleted.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>{} hat in {} nichts, was gelöscht werden könnte.</translation>
        </message>
        <message>
            <source>{} has pixels of {} x {} m: Sentinel-1 products have {} to {} m.</source>
            <extracomment>gac_core/scene/working_grid.py</extracomment>
            <translation>{} hat Pixel von {} x {} m: Sentinel-1-Produkte haben {} bis {} m.</translation>
        </message>
        <message>
            <source>{} has pixels of {} x {} m: Sentinel-2 has 10 to 60 m.</source>
            <extracomment>gac_core/optical/layers.py</extracomment>
            <translation>{} hat Pixel von {} x {} m: Sentinel-2 hat 10 bis 60 m.</translation>
        </message>
        <message>
            <source>{} has sent next to nothing for {} seconds.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>{} hat {} Sekunden lang so gut wie nichts geschickt.</translation>
        </message>
        <message>
            <source>{} has several layers: {}.</source>
            <extracomment>gac_core/optical/polygons.py</extracomment>
            <translation>{} hat mehrere Layer: {}.</translation>
        </message>
        <message>
            <source>{} has the SHA-256 {}…; public sources report {}…, which GAC could not verify. If results look wrong, compare it with the publisher's page.</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>{} hat die SHA-256 {}…; öffentliche Quellen nennen {}…, was GAC nicht prüfen konnte. Wenn die Ergebnisse falsch aussehen, mit der Seite des Herausgebers vergleichen.</translation>
        </message>
        <message>
            <source>{} has the shape {}.</source>
            <extracomment>gac_core/api.py</extracomment>
            <translation>{} hat die Form {}.</translation>
        </message>
        <message>
            <source>{} has two bands named {}.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>{} hat zwei Kanäle namens {}.</translation>
        </message>
        <message>
            <source>{} has {} bands and does not say which are VV and VH.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} hat {} Kanäle und sagt nicht, welche VV und VH sind.</translation>
        </message>
        <message>
            <source>{} has {} bands and does not say which is {}.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} hat {} Kanäle und sagt nicht, welcher {} ist.</translation>
        </message>
        <message>
            <source>{} has {} bands named {}: {}.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} hat {} Kanäle namens {}: {}.</translation>
        </message>
        <message>
            <source>{} has {} bands, and no name says which of them is the mask.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>{} hat {} Kanäle, und kein Name sagt, welcher die Maske ist.</translation>
        </message>
        <message>
            <source>{} holds a Zarr store, which GAC does not read in archives.</source>
            <extracomment>gac_core/optical/product.py</extracomment>
            <translation>{} enthält einen Zarr-Speicher, den GAC in Archiven nicht liest.</translation>
        </message>
        <message>
            <source>{} holds a batch with other settings.</source>
            <extracomment>gac_core/engine/batch_folder.py</extracomment>
            <translation>{} enthält einen Stapel mit anderen Einstellungen.</translation>
        </message>
        <message>
            <source>{} holds a single band, and that is not radar ({}).</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} enthält einen einzigen Kanal, und der ist kein Radar ({}).</translation>
        </message>
        <message>
            <source>{} holds a trained stage {}, not stage {}.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>{} enthält eine trainierte Stufe {}, nicht Stufe {}.</translation>
        </message>
        <message>
            <source>{} holds an unfinished run of a newer version of GAC.</source>
            <extracomment>gac_core/engine/checkpoint.py</extracomment>
            <translation>{} enthält einen unfertigen Lauf einer neueren Version von GAC.</translation>
        </message>
        <message>
            <source>{} holds an unfinished run with other settings.</source>
            <extracomment>gac_core/engine/checkpoint.py</extracomment>
            <translation>{} enthält einen unfertigen Lauf mit anderen Einstellungen.</translation>
        </message>
        <message>
            <source>{} holds beta0 (radar brightness), as the {} says: some 2 dB above sigma0 and different across the swath.</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>{} enthält Beta0 (Radarhelligkeit), das sagt: {}. Das ist etwa 2 dB über Sigma0 und quer zum Streifen verschieden.</translation>
        </message>
        <message>
            <source>{} holds complex values (single-look complex, SLC).</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>{} enthält komplexe Werte (Single-Look Complex, SLC).</translation>
        </message>
        <message>
            <source>{} holds complex values.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>{} enthält komplexe Werte.</translation>
        </message>
        <message>
            <source>{} holds integers ({}): digital numbers, not calibrated backscatter.</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>{} enthält ganze Zahlen ({}): digitale Zahlen, keine kalibrierte Rückstreuung.</translation>
        </message>
        <message>
            <source>{} holds more than the bundle {}: {}.</source>
            <extracomment>gac_core/store/integrity.py</extracomment>
            <translation>{} enthält mehr als das Paket {}: {}.</translation>
        </message>
        <message>
            <source>{} holds more than the bundle: {}.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>{} enthält mehr als das Paket: {}.</translation>
        </message>
        <message>
            <source>{} holds more than {} files.</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>{} enthält mehr als {} Dateien.</translation>
        </message>
        <message>
            <source>{} holds more than {} polygons.</source>
            <extracomment>gac_core/optical/polygons.py</extracomment>
            <translation>{} enthält mehr als {} Polygone.</translation>
        </message>
        <message>
            <source>{} holds no bands of Sentinel-2.</source>
            <extracomment>gac_core/optical/band_choice.py, gac_core/optical/product.py</extracomment>
            <translation>{} enthält keine Kanäle von Sentinel-2.</translation>
        </message>
        <message>
            <source>{} holds no bands, but another archive: {}.</source>
            <extracomment>gac_core/optical/product.py</extracomment>
            <translation>{} enthält keine Kanäle, sondern ein weiteres Archiv: {}.</translation>
        </message>
        <message>
            <source>{} holds no bundle (no {}) and no published weights that GAC knows.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>{} enthält kein Paket (keine {}) und keine veröffentlichten Gewichte, die GAC kennt.</translation>
        </message>
        <message>
            <source>{} holds no data where the radar lies: all of it is nodata.</source>
            <extracomment>gac_core/optical/band_reader.py</extracomment>
            <translation>{} enthält keine Daten, wo das Radar liegt: Alles sind Leerwerte.</translation>
        </message>
        <message>
            <source>{} holds no mask.</source>
            <extracomment>gac_core/optical/product.py</extracomment>
            <translation>{} enthält keine Maske.</translation>
        </message>
        <message>
            <source>{} holds no measurement at all: every pixel is nodata.</source>
            <extracomment>gac_core/scene/scene.py</extracomment>
            <translation>{} enthält gar keine Messung: Jedes Pixel ist ein Leerwert.</translation>
        </message>
        <message>
            <source>{} holds no polygons: all counts as clear.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>{} enthält keine Polygone: Alles gilt als klar.</translation>
        </message>
        <message>
            <source>{} holds no radar file.</source>
            <extracomment>gac_core/engine/batch_inputs.py</extracomment>
            <translation>{} enthält keine Radardatei.</translation>
        </message>
        <message>
            <source>{} holds no stages to start from: the run did not keep them, is not finished, or is of another version of GAC.</source>
            <extracomment>gac_core/engine/stage_cache.py</extracomment>
            <translation>{} enthält keine Stufen, bei denen es weitergehen könnte: Der Lauf hat sie nicht behalten, ist nicht fertig, oder ist von einer anderen Version von GAC.</translation>
        </message>
        <message>
            <source>{} holds no uv {} for this system.</source>
            <extracomment>gac_qgis_plugin/environment/installer.py</extracomment>
            <translation>{} enthält kein uv {} für dieses System.</translation>
        </message>
        <message>
            <source>{} holds only {}, as its name or tags say; {} is missing.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} enthält nur {}, wie Name oder Tags sagen; {} fehlt.</translation>
        </message>
        <message>
            <source>{} holds only {}, with {}; {} is missing.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} enthält nur {}, mit {}; {} fehlt.</translation>
        </message>
        <message>
            <source>{} holds other things than a batch of GAC's.</source>
            <extracomment>gac_core/engine/batch_folder.py</extracomment>
            <translation>{} enthält anderes als einen Stapel von GAC.</translation>
        </message>
        <message>
            <source>{} holds other things than an environment.</source>
            <extracomment>gac_qgis_plugin/environment/build.py</extracomment>
            <translation>{} enthält anderes als eine Umgebung.</translation>
        </message>
        <message>
            <source>{} holds points or lines, not polygons of clouds.</source>
            <extracomment>gac_core/optical/polygons.py</extracomment>
            <translation>{} enthält Punkte oder Linien, keine Polygone von Wolken.</translation>
        </message>
        <message>
            <source>{} holds something that is not a bundle.</source>
            <extracomment>gac_core/store/integrity.py</extracomment>
            <translation>{} enthält etwas, das kein Paket ist.</translation>
        </message>
        <message>
            <source>{} holds the values {}: which of them are clear is not known.</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>{} enthält die Werte {}: Welche davon klar sind, ist nicht bekannt.</translation>
        </message>
        <message>
            <source>{} holds values around {}: digital numbers, not calibrated backscatter.</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>{} enthält Werte um {}: digitale Zahlen, keine kalibrierte Rückstreuung.</translation>
        </message>
        <message>
            <source>{} holds values too large for half precision (in {}).</source>
            <extracomment>gac_core/store/packing.py</extracomment>
            <translation>{} enthält Werte, die für halbe Genauigkeit zu groß sind (in {}).</translation>
        </message>
        <message>
            <source>{} holds weights that training begins with, not the models of a run.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>{} enthält Gewichte, mit denen ein Training beginnt, nicht die Modelle eines Laufs.</translation>
        </message>
        <message>
            <source>{} holds {} bundles: {}.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>{} enthält {} Pakete: {}.</translation>
        </message>
        <message>
            <source>{} holds {} that this version of GAC does not use.</source>
            <extracomment>gac_core/networks/loading.py</extracomment>
            <translation>{} enthält {}, die diese Version von GAC nicht verwendet.</translation>
        </message>
        <message>
            <source>{} holds {} twice.</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>{} enthält {} zweimal.</translation>
        </message>
        <message>
            <source>{} holds {}, which is a link or not a regular file.</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>{} enthält {}, was ein Link oder keine gewöhnliche Datei ist.</translation>
        </message>
        <message>
            <source>{} holds {}, which leads out of it.</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>{} enthält {}, was hinausführt.</translation>
        </message>
        <message>
            <source>{} holds {}.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} enthält {}.</translation>
        </message>
        <message>
            <source>{} holds {}; it lacks {}.</source>
            <translation type="vanished">In {} ist {}; es fehlt {}.</translation>
        </message>
        <message>
            <source>{} holds {}; the models only know VV and VH.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} enthält {}; die Modelle kennen nur VV und VH.</translation>
        </message>
        <message>
            <source>{} holds {}; {} is missing.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} enthält {}; {} fehlt.</translation>
        </message>
        <message>
            <source>{} in the {}, which usually is terrain-flattened</source>
            <extracomment>gac_core/scene/metadata.py</extracomment>
            <translation>{} ({}), was meist geländekorrigiert ist</translation>
        </message>
        <message>
            <source>{} in {}</source>
            <extracomment>gac_core/doctor.py, gac_core/scene/decisions.py</extracomment>
            <translation>{} in {}</translation>
        </message>
        <message>
            <source>{} in {} is a link.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>{} in {} ist ein Link.</translation>
        </message>
        <message>
            <source>{} in {} is not the {} bytes that it says.</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>{} in {} hat nicht die {} Bytes, die angegeben sind.</translation>
        </message>
        <message>
            <source>{} in {} is not {} as it should be: its SHA-256 is {}…, not {}….</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>{} in {} ist nicht {}, wie sie sein soll: Ihre SHA-256 ist {}…, nicht {}….</translation>
        </message>
        <message>
            <source>{} in {} is too large for a card.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>{} in {} ist zu groß für eine Karte.</translation>
        </message>
        <message>
            <source>{} in {} is {} everywhere: it is no band.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>{} in {} ist überall {}: Das ist kein Kanal.</translation>
        </message>
        <message>
            <source>{} in {} may not be read, and was left out.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>{} in {} darf nicht gelesen werden und wurde ausgelassen.</translation>
        </message>
        <message>
            <source>{} is Landsat's: its bands stand in for Sentinel-2's.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>{} ist von Landsat: Seine Kanäle stehen für die von Sentinel-2.</translation>
        </message>
        <message>
            <source>{} is SNAP's list of files (BEAM-DIMAP), not a raster, and the folder {} with the bands is not beside it.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>{} ist SNAPs Liste von Dateien (BEAM-DIMAP), kein Raster, und der Ordner {} mit den Kanälen liegt nicht daneben.</translation>
        </message>
        <message>
            <source>{} is SNAP's list of files (BEAM-DIMAP), not a raster.</source>
            <translation type="vanished">{} ist SNAPs Dateiliste (BEAM-DIMAP), kein Raster.</translation>
        </message>
        <message>
            <source>{} is a Zarr store in which GDAL {} sees no coordinate system: that of ESA's new products lies where it does not look.</source>
            <extracomment>gac_core/optical/product.py</extracomment>
            <translation>{} ist ein Zarr-Speicher, in dem GDAL {} kein Koordinatensystem sieht: Das der neuen Produkte der ESA liegt, wo es nicht nachsieht.</translation>
        </message>
        <message>
            <source>{} is a container without bands of its own.</source>
            <extracomment>gac_core/optical/layers.py, gac_core/scene/files.py</extracomment>
            <translation>{} ist ein Behälter ohne eigene Kanäle.</translation>
        </message>
        <message>
            <source>{} is a container without bands of its own; it holds {}.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>{} ist ein Behälter ohne eigene Kanäle; es enthält {}.</translation>
        </message>
        <message>
            <source>{} is a container without bands of its own{}.</source>
            <translation type="vanished">{} ist ein Behälter ohne eigene Kanäle{}.</translation>
        </message>
        <message>
            <source>{} is a damaged virtual raster: {}.</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>{} ist ein beschädigtes virtuelles Raster: {}.</translation>
        </message>
        <message>
            <source>{} is a damaged zip archive.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>{} ist ein beschädigtes Zip-Archiv.</translation>
        </message>
        <message>
            <source>{} is a link: GAC writes and removes files in its working folder, and would do so where the link leads.</source>
            <extracomment>gac_core/engine/folder.py</extracomment>
            <translation>{} ist eine Verknüpfung: GAC schreibt und löscht Dateien in seinem Arbeitsordner und täte das dort, wohin sie führt.</translation>
        </message>
        <message>
            <source>{} is a mask, not backscatter.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>{} ist eine Maske, keine Rückstreuung.</translation>
        </message>
        <message>
            <source>{} is a virtual raster of more than {} MB.</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>{} ist ein virtuelles Raster von mehr als {} MB.</translation>
        </message>
        <message>
            <source>{} is a {} with {} VV and {} VH files.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>{} ist ein {} mit {} VV- und {} VH-Dateien.</translation>
        </message>
        <message>
            <source>{} is an 8-bit picture: stretched for display, its backscatter is lost.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>{} ist ein 8-Bit-Bild: Für die Anzeige gestreckt, die Rückstreuung ist verloren.</translation>
        </message>
        <message>
            <source>{} is an 8-bit picture: stretched for display, its reflectance is lost.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>{} ist ein 8-Bit-Bild: Für die Anzeige gestreckt, die Reflexion ist verloren.</translation>
        </message>
        <message>
            <source>{} is an archive of a kind that GAC does not read.</source>
            <extracomment>gac_core/optical/product.py</extracomment>
            <translation>{} ist ein Archiv, dessen Art GAC nicht liest.</translation>
        </message>
        <message>
            <source>{} is encrypted.</source>
            <extracomment>gac_core/store/archive.py</extracomment>
            <translation>{} ist verschlüsselt.</translation>
        </message>
        <message>
            <source>{} is in radar geometry: it has ground control points but is not geocoded.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>{} ist in Radargeometrie: Es hat Passpunkte, ist aber nicht geokodiert.</translation>
        </message>
        <message>
            <source>{} is in the way: GAC did not write it.</source>
            <extracomment>gac_core/engine/observed.py</extracomment>
            <translation>{} ist im Weg: GAC hat es nicht geschrieben.</translation>
        </message>
        <message>
            <source>{} is made of a file that cannot be used. {}</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>{} besteht aus einer Datei, die nicht benutzt werden kann. {}</translation>
        </message>
        <message>
            <source>{} is made of more than {} files.</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>{} besteht aus mehr als {} Dateien.</translation>
        </message>
        <message>
            <source>{} is made of virtual rasters in one another, more than {} deep.</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>{} besteht aus virtuellen Rastern ineinander, mehr als {} tief.</translation>
        </message>
        <message>
            <source>{} is made of {}</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>{} besteht aus {}</translation>
        </message>
        <message>
            <source>{} is made of {} (by way of {})</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>{} besteht aus {} (auf dem Weg über {})</translation>
        </message>
        <message>
            <source>{} is made of {}, which does not exist.</source>
            <translation type="vanished">{} besteht aus {}, was es nicht gibt.</translation>
        </message>
        <message>
            <source>{} is made of {}, which is made of it in turn.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>{} besteht aus {}, das wiederum daraus besteht.</translation>
        </message>
        <message>
            <source>{} is made of {}, which is no file but a pipe or a device.</source>
            <translation type="vanished">{} besteht aus {}, was keine Datei ist, sondern eine Pipe oder ein Gerät.</translation>
        </message>
        <message>
            <source>{} is made of {}{}</source>
            <translation type="vanished">{} besteht aus {}{}</translation>
        </message>
        <message>
            <source>{} is missing</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>{} fehlt</translation>
        </message>
        <message>
            <source>{} is negative as dB is, {} is not</source>
            <extracomment>gac_core/scene/validation.py</extracomment>
            <translation>{} ist negativ wie dB, {} nicht</translation>
        </message>
        <message>
            <source>{} is neither in dB nor in linear power nor in amplitude ({}): {}.</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>{} ist weder in dB noch in linearer Leistung noch in Amplitude ({}): {}.</translation>
        </message>
        <message>
            <source>{} is no longer there.</source>
            <extracomment>gac_qgis_plugin/export/parameters.py</extracomment>
            <translation>{} ist nicht mehr da.</translation>
        </message>
        <message>
            <source>{} is no longer what the run wrote.</source>
            <extracomment>gac_core/engine/spread.py</extracomment>
            <translation>{} ist nicht mehr, was der Lauf geschrieben hat.</translation>
        </message>
        <message>
            <source>{} is no number that it can be</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>{} ist keine mögliche Zahl</translation>
        </message>
        <message>
            <source>{} is no observation: GAC generated it, or parts of it.</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>{} ist keine Beobachtung: GAC hat es oder Teile davon erzeugt.</translation>
        </message>
        <message>
            <source>{} is no rank</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>{} ist kein Rang</translation>
        </message>
        <message>
            <source>{} is no {}: the {} says {}.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} ist nicht {} ({}: {}).</translation>
        </message>
        <message>
            <source>{} is not a Python that GAC's libraries work with.</source>
            <extracomment>gac_qgis_plugin/environment/choices.py</extracomment>
            <translation>{} ist kein Python, mit dem GACs Bibliotheken laufen.</translation>
        </message>
        <message>
            <source>{} is not a file name</source>
            <extracomment>gac_core/bundles/bundle.py</extracomment>
            <translation>{} ist kein Dateiname</translation>
        </message>
        <message>
            <source>{} is not a file.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>{} ist keine Datei.</translation>
        </message>
        <message>
            <source>{} is not a folder.</source>
            <extracomment>gac_core/store/integrity.py</extracomment>
            <translation>{} ist kein Ordner.</translation>
        </message>
        <message>
            <source>{} is not a list of statistics: it has {} MB.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>{} ist keine Liste von Statistiken: Sie hat {} MB.</translation>
        </message>
        <message>
            <source>{} is not a radar file.</source>
            <translation type="vanished">{} ist keine Radardatei.</translation>
        </message>
        <message>
            <source>{} is not in {}.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>{} liegt nicht in {}.</translation>
        </message>
        <message>
            <source>{} is not on a 10 m UTM grid.</source>
            <extracomment>gac_core/raster/working_file.py</extracomment>
            <translation>{} liegt nicht auf einem UTM-Raster von 10 m.</translation>
        </message>
        <message>
            <source>{} is not published anywhere that GAC knows.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>{} ist nirgends veröffentlicht, wo GAC es kennt.</translation>
        </message>
        <message>
            <source>{} is not the file that it should be: its SHA-256 is {}…, not {}….</source>
            <extracomment>gac_core/store/integrity.py</extracomment>
            <translation>{} ist nicht die Datei, die sie sein soll: Ihr SHA-256 ist {}…, nicht {}….</translation>
        </message>
        <message>
            <source>{} is not used: GAC's environment has a PyTorch without CUDA.</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>{} wird nicht genutzt: Die Umgebung von GAC hat ein PyTorch ohne CUDA.</translation>
        </message>
        <message>
            <source>{} is of another format than this version of GAC reads ({}).</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>{} hat ein anderes Format, als diese Version von GAC liest ({}).</translation>
        </message>
        <message>
            <source>{} is of format {}, from an earlier version of GAC; this one reads format {}, in which stages 2 and 3 are other networks.</source>
            <extracomment>gac_core/bundles/card.py</extracomment>
            <translation>{} hat das Format {} einer früheren Version von GAC; diese liest Format {}, in dem die Stufen 2 und 3 andere Netze sind.</translation>
        </message>
        <message>
            <source>{} is set</source>
            <extracomment>gac_core/networks/adapters.py</extracomment>
            <translation>{} ist gesetzt</translation>
        </message>
        <message>
            <source>{} is stored in blocks of {} x {} pixels: to read any part of it takes {} GB of memory, of which {} GB are free.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>{} ist in Blöcken von {} x {} Pixeln gespeichert: Irgendeinen Teil davon zu lesen braucht {} GB Speicher, wovon {} GB frei sind.</translation>
        </message>
        <message>
            <source>{} is there already, and GAC did not make it.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>{} ist schon da, und GAC hat sie nicht gemacht.</translation>
        </message>
        <message>
            <source>{} is there, but its compute capability {} is below the {} that CUDA {} needs: GAC computes on the processor.</source>
            <extracomment>gac_qgis_plugin/environment/machine.py</extracomment>
            <translation>{} ist da, aber ihre Rechenfähigkeit {} liegt unter den {}, die CUDA {} braucht: GAC rechnet auf dem Prozessor.</translation>
        </message>
        <message>
            <source>{} is there, but its driver {} is too old for CUDA {}: GAC computes on the processor until you install driver {} or newer. Nothing else need be done then.</source>
            <translation type="vanished">{} ist da, aber ihr Treiber {} ist zu alt für CUDA {}: GAC rechnet auf dem Prozessor, bis Treiber {} oder ein neuerer installiert ist. Sonst ist dann nichts zu tun.</translation>
        </message>
        <message>
            <source>{} is there, but its driver {} is too old for CUDA {}: GAC computes on the processor. Install driver {} or newer and open this window again.</source>
            <extracomment>gac_qgis_plugin/environment/machine.py</extracomment>
            <translation>{} ist da, aber ihr Treiber {} ist zu alt für CUDA {}: GAC rechnet auf dem Prozessor. Treiber {} oder einen neueren installieren und dieses Fenster wieder öffnen.</translation>
        </message>
        <message>
            <source>{} is there, but the package index's PyTorch for this system knows no GPU: GAC computes on the processor. An environment of your own with a CUDA build of PyTorch can be named in the options, Worker Python.</source>
            <translation type="vanished">{} ist da, aber das PyTorch des Paketindexes für dieses System kennt keine GPU: GAC rechnet auf dem Prozessor. Eine eigene Umgebung mit einem CUDA-PyTorch kann in den Optionen unter Python angegeben werden.</translation>
        </message>
        <message>
            <source>{} is too wide to be computed as a whole in one UTM zone.</source>
            <extracomment>gac_core/scene/scene.py</extracomment>
            <translation>{} ist zu breit, um als Ganzes in einer UTM-Zone berechnet zu werden.</translation>
        </message>
        <message>
            <source>{} is undefined</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>{} ist nicht definiert</translation>
        </message>
        <message>
            <source>{} is {}</source>
            <extracomment>gac_core/bundles/part.py, gac_core/bundles/schema.py, gac_core/networks/bridge.py, gac_core/networks/weights.py</extracomment>
            <translation>{} ist {}</translation>
        </message>
        <message>
            <source>{} is {}, neither true nor false</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>{} ist {}, weder true noch false</translation>
        </message>
        <message>
            <source>{} is {}, no number {}</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>{} ist {}, keine Zahl {}</translation>
        </message>
        <message>
            <source>{} is {}, no repository on Hugging Face</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>{} ist {}, kein Repository auf Hugging Face</translation>
        </message>
        <message>
            <source>{} is {}, no whole number from {} to {}</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>{} ist {}, keine ganze Zahl von {} bis {}</translation>
        </message>
        <message>
            <source>{} is {}, no {}</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>{} ist {}, kein {}</translation>
        </message>
        <message>
            <source>{} is {}, not 2 or 3</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>{} ist {}, nicht 2 oder 3</translation>
        </message>
        <message>
            <source>{} is {}, not backscatter.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>{} ist {}, keine Rückstreuung.</translation>
        </message>
        <message>
            <source>{} is {}, not {}</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>{} ist {}, nicht {}</translation>
        </message>
        <message>
            <source>{} is {}.</source>
            <extracomment>gac_core/api.py, gac_core/contract/optical_options.py, gac_core/contract/options.py</extracomment>
            <translation>{} ist {}.</translation>
        </message>
        <message>
            <source>{} is {}: complex values {}, not calibrated.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>{} ist {}: komplexe Werte {}, nicht kalibriert.</translation>
        </message>
        <message>
            <source>{} is {}: digital numbers {}, neither calibrated nor placed on the ground.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>{} ist {}: digitale Zahlen {}, weder kalibriert noch am Boden verortet.</translation>
        </message>
        <message>
            <source>{} lacks {}</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>in {} fehlt {}</translation>
        </message>
        <message>
            <source>{} lies {} km from the radar.</source>
            <extracomment>gac_core/optical/band_reader.py</extracomment>
            <translation>{} liegt {} km vom Radar entfernt.</translation>
        </message>
        <message>
            <source>{} m</source>
            <extracomment>gac_core/optical/reference.py</extracomment>
            <translation>{} m</translation>
        </message>
        <message>
            <source>{} made with terramind.offset {} on the bundle's card; that of {} has {}.</source>
            <extracomment>gac_core/bundles/part.py</extracomment>
            <translation>{} made with terramind.offset {} (Karte des Pakets); die von {} hat {}.</translation>
        </message>
        <message>
            <source>{} may be the file of several publishers: {}.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>{} kann die Datei mehrerer Herausgeber sein: {}.</translation>
        </message>
        <message>
            <source>{} may be {} or {}</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>{} kann {} oder {} sein</translation>
        </message>
        <message>
            <source>{} names its bands {}, none of them VV or VH.</source>
            <extracomment>gac_core/scene/polarisation.py</extracomment>
            <translation>{} nennt seine Kanäle {}, keinen davon VV oder VH.</translation>
        </message>
        <message>
            <source>{} names its bands {}: which of Sentinel-2's they are is not known.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>{} nennt seine Kanäle {}: Welche von Sentinel-2 das sind, ist unbekannt.</translation>
        </message>
        <message>
            <source>{} no longer holds what GAC wrote: another program changed it, or the disk is failing.</source>
            <extracomment>gac_core/raster/working_file.py</extracomment>
            <translation>{} enthält nicht mehr, was GAC geschrieben hat: Ein anderes Programm hat es geändert, oder die Platte versagt.</translation>
        </message>
        <message>
            <source>{} of its pixels are clear</source>
            <extracomment>gac_core/optical/reference.py</extracomment>
            <translation>{} der Pixel sind klar</translation>
        </message>
        <message>
            <source>{} of models were moved; they live in {} from now on.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>{} Modelle wurden verschoben; sie liegen von jetzt an in {}.</translation>
        </message>
        <message>
            <source>{} of the bundle {} is not what its card says: its SHA-256 is {}…, not {}….</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>{} des Pakets {} ist nicht, was die Karte sagt: Die SHA-256 ist {}…, nicht {}….</translation>
        </message>
        <message>
            <source>{} of the scene is nodata.</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>{} der Szene sind Leerwerte.</translation>
        </message>
        <message>
            <source>{} of the visible values lie below {}</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>{} der sichtbaren Werte liegen unter {}</translation>
        </message>
        <message>
            <source>{} of {}</source>
            <extracomment>gac_qgis_plugin/gui/runs_panel.py, gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>{} aus {}</translation>
        </message>
        <message>
            <source>{} of {} GiB free</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>{} von {} GiB frei</translation>
        </message>
        <message>
            <source>{} of {} blocks and tiles lie around the area: they make its pixels the same in every run.</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>{} von {} Blöcken und Kacheln liegen um den Bereich: Durch sie sind seine Pixel in jedem Lauf gleich.</translation>
        </message>
        <message>
            <source>{} of {} in {} are 0 or less: the offset of {} DN seems to have been taken off twice.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>{} von {} in {} sind 0 oder kleiner: Der Offset von {} DN wurde wohl zweimal abgezogen.</translation>
        </message>
        <message>
            <source>{} of {} is missing, and is needed now.</source>
            <extracomment>gac_core/engine/block_files.py</extracomment>
            <translation>{} von {} ist nicht da und wird jetzt gebraucht.</translation>
        </message>
        <message>
            <source>{} of {} is {}.</source>
            <extracomment>gac_core/worker/channel.py</extracomment>
            <translation>{} von {} ist {}.</translation>
        </message>
        <message>
            <source>{} optical files were given.</source>
            <extracomment>gac_core/contract/optical_options.py</extracomment>
            <translation>{} optische Dateien wurden angegeben.</translation>
        </message>
        <message>
            <source>{} or {}</source>
            <extracomment>gac_core/contract/message.py</extracomment>
            <translation>{} oder {}</translation>
        </message>
        <message>
            <source>{} packages for Python {} in {}</source>
            <extracomment>gac_qgis_plugin/gui/environment_dialog.py</extracomment>
            <translation>{} Pakete für Python {} in {}</translation>
        </message>
        <message>
            <source>{} px, EPSG:{}</source>
            <extracomment>gac_qgis_plugin/runs.py</extracomment>
            <translation>{} px, EPSG:{}</translation>
        </message>
        <message>
            <source>{} retries were asked for.</source>
            <extracomment>gac_core/engine/batch.py</extracomment>
            <translation>{} Wiederholungen wurden verlangt.</translation>
        </message>
        <message>
            <source>{} rose from {} to {}</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>{} stieg von {} auf {}</translation>
        </message>
        <message>
            <source>{} scenes; {} of {} blocks; SYNTHETIC</source>
            <translation type="vanished">{} Szenen; {} von {} Blöcken; SYNTHETIC</translation>
        </message>
        <message>
            <source>{} seeds were asked for.</source>
            <extracomment>gac_core/engine/maps.py</extracomment>
            <translation>{} Seeds wurden verlangt.</translation>
        </message>
        <message>
            <source>{} seems to mark what is clear, as the {} says.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>{} scheint das Klare zu kennzeichnen ({}).</translation>
        </message>
        <message>
            <source>{} sends more of {} than the {} bytes that it promised. It was not installed.</source>
            <extracomment>gac_core/store/hub.py</extracomment>
            <translation>{} schickt von {} mehr als die versprochenen {} Bytes. Die Datei wurde nicht installiert.</translation>
        </message>
        <message>
            <source>{} shows values from {:g} to {:g}, which are not reflectance.</source>
            <extracomment>gac_qgis_plugin/styles.py</extracomment>
            <translation>{} zeigt Werte von {:g} bis {:g}, die keine Reflexion sind.</translation>
        </message>
        <message>
            <source>{} stayed at {}</source>
            <extracomment>gac_core/scores/critique.py</extracomment>
            <translation>{} blieb bei {}</translation>
        </message>
        <message>
            <source>{} stays: {} needs it.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>{} bleibt: {} braucht sie.</translation>
        </message>
        <message>
            <source>{} takes band {} of {}, which has {}.</source>
            <extracomment>gac_core/scene/files.py</extracomment>
            <translation>{} nimmt Kanal {} von {}, das {} hat.</translation>
        </message>
        <message>
            <source>{} tensors</source>
            <extracomment>gac_core/networks/weights.py</extracomment>
            <translation>{} Tensoren</translation>
        </message>
        <message>
            <source>{} threads</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>{} Threads</translation>
        </message>
        <message>
            <source>{} was begun with other settings, files or software ({} differ).</source>
            <extracomment>gac_core/engine/batch_folder.py</extracomment>
            <translation>{} wurde mit anderen Einstellungen, Dateien oder anderer Software begonnen ({} verschieden).</translation>
        </message>
        <message>
            <source>{} was damaged or missing. It was made again.</source>
            <extracomment>gac_core/engine/stage_runner.py</extracomment>
            <translation>{} war beschädigt oder weg. Die Datei wurde neu angelegt.</translation>
        </message>
        <message>
            <source>{} was left out: nobody vouches for it. Import it by itself.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>{} wurde ausgelassen: Niemand bürgt dafür. Importieren Sie es für sich allein.</translation>
        </message>
        <message>
            <source>{} widths and {} depths</source>
            <extracomment>gac_core/bundles/schema.py, gac_core/networks/convnext.py</extracomment>
            <translation>{} Breiten und {} Tiefen</translation>
        </message>
        <message>
            <source>{} with {}</source>
            <extracomment>gac_core/scene/holes.py</extracomment>
            <translation>{} mit {}</translation>
        </message>
        <message>
            <source>{} would hold only the values {}</source>
            <extracomment>gac_core/optical/guessed_order.py</extracomment>
            <translation>{} enthielte nur die Werte {}</translation>
        </message>
        <message>
            <source>{} writes linear power ({} in the {})</source>
            <extracomment>gac_core/scene/metadata.py</extracomment>
            <translation>{} schreibt lineare Leistung ({}; {})</translation>
        </message>
        <message>
            <source>{} {:.1f} of {:.1f} GB free</source>
            <translation type="vanished">{} {:.1f} von {:.1f} GB frei</translation>
        </message>
        <message>
            <source>{} {} is missing</source>
            <extracomment>gac_qgis_plugin/environment/state.py</extracomment>
            <translation>{} {} fehlt</translation>
        </message>
        <message>
            <source>{} {} is none of {}</source>
            <extracomment>gac_core/bundles/schema.py</extracomment>
            <translation>{} {} ist keines von {}</translation>
        </message>
        <message>
            <source>{} {} is there, {} is needed</source>
            <extracomment>gac_qgis_plugin/environment/state.py</extracomment>
            <translation>{} {} ist da, {} wird gebraucht</translation>
        </message>
        <message>
            <source>{} {} of {} GB free</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>{} {} von {} GB frei</translation>
        </message>
        <message>
            <source>{} {} were asked for.</source>
            <extracomment>gac_core/engine/executors.py</extracomment>
            <translation>{} {} wurden verlangt.</translation>
        </message>
        <message>
            <source>{} · difference (SYNTHETIC)</source>
            <extracomment>gac_qgis_plugin/maps.py</extracomment>
            <translation>{} · Differenz (SYNTHETIC)</translation>
        </message>
        <message>
            <source>{}'s mean colour</source>
            <extracomment>gac_core/bundles/findings.py</extracomment>
            <translation>die mittlere Farbe von {}</translation>
        </message>
        <message>
            <source>{}'s {}</source>
            <extracomment>gac_core/bundles/findings.py</extracomment>
            <translation>{}: {}</translation>
        </message>
        <message>
            <source>{}, as if an offset of {} were in them, but on {} there was none yet, unless it was processed again: choose the offset yourself if that is so.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>{}, als wäre ein Offset von {} darin, aber am {} gab es noch keinen, außer bei neuer Prozessierung: Dann den Offset selbst wählen.</translation>
        </message>
        <message>
            <source>{}, block {}, stage {}</source>
            <extracomment>gac_qgis_plugin/batches.py</extracomment>
            <translation>{}, Block {}, Stufe {}</translation>
        </message>
        <message>
            <source>{}, clear where it is {}</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>{}, klar bei {}</translation>
        </message>
        <message>
            <source>{}, compute capability {}.{}, CUDA {}</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>{}, Rechenfähigkeit {}.{}, CUDA {}</translation>
        </message>
        <message>
            <source>{}, which GDAL reads together with the file {}, is not a file but a pipe or a device.</source>
            <extracomment>gac_core/scene/paths.py</extracomment>
            <translation>{}, das GDAL zusammen mit der Datei {} liest, ist keine Datei, sondern eine Pipe oder ein Gerät.</translation>
        </message>
        <message>
            <source>{}, which GDAL reads together with the radar file {}, is not a file but a pipe or a device.</source>
            <translation type="vanished">{}, das GDAL zusammen mit der Radardatei {} liest, ist keine Datei, sondern eine Pipe oder ein Gerät.</translation>
        </message>
        <message>
            <source>{}, which does not exist.</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>{}, das es nicht gibt.</translation>
        </message>
        <message>
            <source>{}, which is made of it in turn.</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>{}, das wiederum daraus besteht.</translation>
        </message>
        <message>
            <source>{}, which is not a file but a pipe or a device.</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>{}, das keine Datei ist, sondern eine Pipe oder ein Gerät.</translation>
        </message>
        <message>
            <source>{}, {} failed</source>
            <extracomment>gac_qgis_plugin/batches.py</extracomment>
            <translation>{}, {} gescheitert</translation>
        </message>
        <message>
            <source>{}, {} polygons</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>{}, {} Polygone</translation>
        </message>
        <message>
            <source>{}, {} processors</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>{}, {} Prozessoren</translation>
        </message>
        <message>
            <source>{}. GDAL reads {} with it, which is not a file but a pipe or a device.</source>
            <extracomment>gac_core/scene/vrt.py</extracomment>
            <translation>{}. GDAL liest dazu {}, das keine Datei ist, sondern eine Pipe oder ein Gerät.</translation>
        </message>
        <message>
            <source>{}: GAC's libraries are known to work with 3.11 to 3.13</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>{}: Von GACs Bibliotheken ist bekannt, dass sie mit 3.11 bis 3.13 laufen</translation>
        </message>
        <message>
            <source>{}: VV and VH are in two units ({}).</source>
            <extracomment>gac_core/scene/validation.py</extracomment>
            <translation>{}: VV und VH sind in zwei Einheiten ({}).</translation>
        </message>
        <message>
            <source>{}: VV and VH are of two dates: {}.</source>
            <extracomment>gac_core/scene/validation.py</extracomment>
            <translation>{}: VV und VH sind von zwei Tagen: {}.</translation>
        </message>
        <message>
            <source>{}: VV is of an {} pass, VH of a {} one.</source>
            <extracomment>gac_core/scene/validation.py</extracomment>
            <translation>{}: VV ist vom Orbit {}, VH vom Orbit {}.</translation>
        </message>
        <message>
            <source>{}: VV, VH, VV/VH</source>
            <extracomment>gac_qgis_plugin/radar_layers.py</extracomment>
            <translation>{}: VV, VH, VV/VH</translation>
        </message>
        <message>
            <source>{}: day {} of the year</source>
            <extracomment>gac_core/scene/dates.py</extracomment>
            <translation>{}: Tag {} des Jahres</translation>
        </message>
        <message>
            <source>{}: day, month, year</source>
            <extracomment>gac_core/scene/dates.py</extracomment>
            <translation>{}: Tag, Monat, Jahr</translation>
        </message>
        <message>
            <source>{}: deleted, {}.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>{}: gelöscht, {}.</translation>
        </message>
        <message>
            <source>{}: here already, commit {}, verified.</source>
            <extracomment>gac_core/store/download.py</extracomment>
            <translation>{}: schon da, Stand {}, geprüft.</translation>
        </message>
        <message>
            <source>{}: imported into {}.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>{}: nach {} importiert.</translation>
        </message>
        <message>
            <source>{}: its SHA-256 is the one that public sources report.</source>
            <extracomment>gac_core/store/download.py</extracomment>
            <translation>{}: die SHA-256 ist die, die öffentliche Quellen nennen.</translation>
        </message>
        <message>
            <source>{}: its bands declare several scales or offsets.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>{}: Die Kanäle geben verschiedene Skalierungen oder Offsets an.</translation>
        </message>
        <message>
            <source>{}: month, day, year</source>
            <extracomment>gac_core/scene/dates.py</extracomment>
            <translation>{}: Monat, Tag, Jahr</translation>
        </message>
        <message>
            <source>{}: no values, or one everywhere; left out.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>{}: keine Werte oder überall derselbe; weggelassen.</translation>
        </message>
        <message>
            <source>{}: nothing names VV and VH, and their medians ({} and {} dB) lie too close together to tell them apart. They may be two dates, or no backscatter.</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>{}: Nichts benennt VV und VH, und ihre Mediane ({} und {} dB) liegen zu nah beieinander, um sie zu unterscheiden. Vielleicht sind sie von zwei Tagen, oder keine Rückstreuung.</translation>
        </message>
        <message>
            <source>{}: nothing names the bands, and {} have no usual order.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>{}: Nichts benennt die Kanäle, und bei {} ist keine Reihenfolge üblich.</translation>
        </message>
        <message>
            <source>{}: nothing names {}, and what would be {} does not fit: the medians are {} dB in VV and {} dB in VH.</source>
            <extracomment>gac_core/scene/decisions.py</extracomment>
            <translation>{}: Nichts benennt {}, und was {} wäre, passt nicht: Die Mediane sind {} dB in VV und {} dB in VH.</translation>
        </message>
        <message>
            <source>{}: nothing tells which pixels are clear: {}.</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>{}: Nichts sagt, welche Pixel klar sind: {}.</translation>
        </message>
        <message>
            <source>{}: of Sentinel-2's bands there are {}; missing: {}.</source>
            <extracomment>gac_core/optical/band_choice.py</extracomment>
            <translation>{}: Von Sentinel-2s Kanälen sind {} da; es fehlen: {}.</translation>
        </message>
        <message>
            <source>{}: scores of Cloud Score+ lie between 0 and 1, not at {}.</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>{}: Werte von Cloud Score+ liegen zwischen 0 und 1, nicht bei {}.</translation>
        </message>
        <message>
            <source>{}: set its date yourself.</source>
            <extracomment>gac_core/optical/acquisition.py</extracomment>
            <translation>{}: das Datum selbst festlegen.</translation>
        </message>
        <message>
            <source>{}: the GPU's memory is too small even for one tile ({}); from there on the processor computed, which takes longer.</source>
            <extracomment>gac_core/engine/stage_runner.py</extracomment>
            <translation>{}: Der Speicher der GPU ist selbst für eine Kachel zu klein ({}); ab da hat der Prozessor gerechnet, was länger dauert.</translation>
        </message>
        <message>
            <source>{}: the GPU's memory is too small for {} tiles at a time; {} were computed together.</source>
            <translation type="vanished">{}: Der Speicher der GPU ist zu klein für {} Kacheln auf einmal; {} wurden zusammen berechnet.</translation>
        </message>
        <message>
            <source>{}: the computer's memory is too small for {} tiles at a time; {} were computed together.</source>
            <translation type="vanished">{}: Der Speicher des Computers ist zu klein für {} Kacheln auf einmal; {} wurden zusammen berechnet.</translation>
        </message>
        <message>
            <source>{}: the same value everywhere. That is not a radar image.</source>
            <extracomment>gac_core/scene/validation.py</extracomment>
            <translation>{}: überall derselbe Wert. Das ist kein Radarbild.</translation>
        </message>
        <message>
            <source>{}: the values (98 % below {}) do not show whether they are DN or reflectance.</source>
            <extracomment>gac_core/optical/reflectance.py</extracomment>
            <translation>{}: Die Werte (98 % unter {}) sagen nicht, ob sie DN oder Reflexion sind.</translation>
        </message>
        <message>
            <source>{}: the values do not show whether they are dB, power or amplitude ({}).</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>{}: Die Werte sagen nicht, ob sie dB, Leistung oder Amplitude sind ({}).</translation>
        </message>
        <message>
            <source>{}: tiles suddenly took {} times as long as before. The GPU's memory is probably full, so that its driver moves it to the computer's: close other programs that use the GPU, or choose fewer tiles at a time.</source>
            <extracomment>gac_core/engine/stage_runner.py</extracomment>
            <translation>{}: Kacheln dauerten plötzlich {}-mal so lange wie zuvor. Der Speicher der GPU ist vermutlich voll, sodass ihr Treiber in den des Computers auslagert: andere Programme schließen, die die GPU nutzen, oder weniger Kacheln auf einmal wählen.</translation>
        </message>
        <message>
            <source>{}: what was fetched so far is deleted, {}.</source>
            <extracomment>gac_core/store/maintenance.py</extracomment>
            <translation>{}: Was bisher geholt war, ist gelöscht, {}.</translation>
        </message>
        <message>
            <source>{}: what would be clear, 0, is {} times as bright as what would be clouds.</source>
            <extracomment>gac_core/optical/masks.py</extracomment>
            <translation>{}: Was klar wäre, 0, ist {}-mal so hell wie das, was Wolken wären.</translation>
        </message>
        <message>
            <source>{}: {:.1f} s, GAC score {}</source>
            <extracomment>gac_qgis_plugin/processing/run.py</extracomment>
            <translation>{}: {:.1f} s, GAC-Wert {}</translation>
        </message>
        <message>
            <source>{}: {:.2f} of {:.2f} GB</source>
            <extracomment>gac_qgis_plugin/models.py</extracomment>
            <translation>{}: {:.2f} von {:.2f} GB</translation>
        </message>
        <message>
            <source>{}: {} files verified, {} without a known hash.</source>
            <extracomment>gac_core/cli/models.py</extracomment>
            <translation>{}: {} Dateien geprüft, {} ohne bekannte Prüfsumme.</translation>
        </message>
        <message>
            <source>{}: {} holds no data where the radar lies.</source>
            <extracomment>gac_core/optical/band_reader.py</extracomment>
            <translation>{}: {} enthält keine Daten, wo das Radar liegt.</translation>
        </message>
        <message>
            <source>{}: {} is no class of the scene classification (0 to 11).</source>
            <extracomment>gac_core/optical/clouds.py</extracomment>
            <translation>{}: {} ist keine Klasse der Szenenklassifikation (0 bis 11).</translation>
        </message>
        <message>
            <source>{}: {} is too small for {} tiles at a time; {} were computed together.</source>
            <extracomment>gac_core/engine/stage_runner.py</extracomment>
            <translation>{}: {} ist zu klein für {} Kacheln auf einmal; {} wurden zusammen berechnet.</translation>
        </message>
        <message>
            <source>{}: {} of {} steps</source>
            <extracomment>gac_qgis_plugin/batches.py</extracomment>
            <translation>{}: {} von {} Schritten</translation>
        </message>
        <message>
            <source>{}: {}, but the values are not in that unit ({}).</source>
            <extracomment>gac_core/scene/units.py</extracomment>
            <translation>{}: {}, aber die Werte sind nicht in dieser Einheit ({}).</translation>
        </message>
        <message>
            <source>{}: {}, commit {}, verified.</source>
            <extracomment>gac_core/store/download.py</extracomment>
            <translation>{}: {}, Stand {}, geprüft.</translation>
        </message>
        <message>
            <source>{}: {}, imported.</source>
            <extracomment>gac_core/store/install.py</extracomment>
            <translation>{}: {}, importiert.</translation>
        </message>
        <message>
            <source>{}; computed at 10 m in EPSG:{}</source>
            <extracomment>gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>{}; berechnet mit 10 m in EPSG:{}</translation>
        </message>
        <message>
            <source>{}; one tile failed: {}</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>{}; eine Kachel misslang: {}</translation>
        </message>
        <message>
            <source>{}; one tile of the demo scene through three stages in {} s</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>{}; eine Kachel der Demo-Szene durch drei Stufen in {} s</translation>
        </message>
        <message>
            <source>{}; runs use the processor</source>
            <extracomment>gac_core/doctor.py</extracomment>
            <translation>{}; Läufe nehmen den Prozessor</translation>
        </message>
    </context>
</TS>
