<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>GAC</name>
        <message numerus="yes">
            <source>%n SYNTHETIC file(s) were exported.</source>
            <extracomment>gac_qgis_plugin/gui/export_dialog.py</extracomment>
            <translation>
                <numerusform>%n SYNTHETIC file was exported.</numerusform>
                <numerusform>%n SYNTHETIC files were exported.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n assumed</source>
            <extracomment>gac_qgis_plugin/gui/scene_note.py</extracomment>
            <translation>
                <numerusform>%n assumed</numerusform>
                <numerusform>%n assumed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n block(s)</source>
            <extracomment>gac_qgis_plugin/gui/cost_line.py</extracomment>
            <translation>
                <numerusform>%n block</numerusform>
                <numerusform>%n blocks</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n day(s) from the radar</source>
            <extracomment>gac_qgis_plugin/gui/optical_group.py</extracomment>
            <translation>
                <numerusform>%n day from the radar</numerusform>
                <numerusform>%n days from the radar</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n layer(s)</source>
            <extracomment>gac_qgis_plugin/gui/run_footer.py</extracomment>
            <translation>
                <numerusform>%n layer</numerusform>
                <numerusform>%n layers</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n map(s) marked.</source>
            <extracomment>gac_qgis_plugin/gui/layout_marks.py</extracomment>
            <translation>
                <numerusform>%n map marked.</numerusform>
                <numerusform>%n maps marked.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n note(s) about this run</source>
            <extracomment>gac_qgis_plugin/gui/status_lines.py</extracomment>
            <translation>
                <numerusform>%n note about this run</numerusform>
                <numerusform>%n notes about this run</numerusform>
            </translation>
        </message>
    </context>
</TS>
